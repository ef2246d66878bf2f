import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { ended, until } from './until.ts';

/** One nginx with one worker that answers every path with five bytes and logs nothing. */
export type Nginx = AsyncDisposable & {
  readonly port: number;
  /** Requests that it has answered so far, by its own count: the same yardstick for every generator. */
  readonly answered: () => Promise<number>;
};

const configuration = (port: number, folder: string): string => `
worker_processes 1; daemon off; pid ${folder}/pid; error_log ${folder}/error.log;
events { worker_connections 16384; }
http {
  access_log off; keepalive_requests 1000000000; keepalive_timeout 600s;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
  server {
    listen 127.0.0.1:${port} backlog=8192;
    location / { return 200 "hello"; }
    location = /json { default_type application/json; return 200 '{"token":"a1b2c3d4","items":[17,23,42]}'; }
    location = /status { stub_status; }
  }
}
`;

/** Starts an nginx of our own on the core `core`; closing ends it and takes its folder away. */
export async function startNginx(core: number): Promise<Nginx> {
  const folder = await mkdtemp(join(tmpdir(), 'plimsoll-bench-nginx-'));
  const port = await freePort();
  const file = join(folder, 'nginx.conf');
  await writeFile(file, configuration(port, folder));
  const child = spawn('taskset', ['-c', String(core), 'nginx', '-e', join(folder, 'error.log'), '-c', file], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const answered = async (): Promise<number> => {
    const text = await (await fetch(`http://127.0.0.1:${port}/status`)).text();
    return Number(text.match(/^ \d+ \d+ (\d+)/m)?.[1]);
  };
  await until('nginx answers', () => answered().catch(() => undefined));
  return {
    port,
    answered,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await ended(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
