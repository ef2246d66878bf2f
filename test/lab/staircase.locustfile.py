import os
import random

from locust import FastHttpUser, LoadTestShape, between, task

# Users in each step, how long one lasts (s), and how many begin a second, as test/lab/record-locust.ts lays them out.
LEVELS = [int(level) for level in os.environ["LEVELS"].split(",")]
LASTS = float(os.environ["LASTS"])
SPAWN = float(os.environ["SPAWN"])


class Browser(FastHttpUser):
    wait_time = between(0.2, 1.8)

    @task
    def browse(self):
        self.client.get(f"/items/{random.randint(1, 5000)}", name="browse")


class Staircase(LoadTestShape):
    def tick(self):
        step = int(self.get_run_time() // LASTS)
        return (LEVELS[step], SPAWN) if step < len(LEVELS) else None
