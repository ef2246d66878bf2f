import { createServer } from 'node:http';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import v8 from 'node:v8';
import type { Attributes, Counter, Histogram, Meter, UpDownCounter } from '@opentelemetry/api';
import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import type { Pool } from 'pg';
import { contentType } from './exposition.ts';

/** The instruments of OpenTelemetry's semantic conventions that a web service with a database has. */
export interface Instruments {
  readonly duration: Histogram;
  readonly active: UpDownCounter;
  readonly wait: Histogram;
  readonly use: Histogram;
  readonly timeouts: Counter;
}

/** Boundaries that the semantic conventions advise for requests. Unit: seconds. */
const boundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
const advice = { explicitBucketBoundaries: boundaries };

export const poolName: Attributes = { 'db.client.connection.pool.name': 'shop' };

/** Opens the metrics of one worker and serves them on a port that no other worker shares. */
export function openTelemetry(port: number, pool: Pool, size: number): Instruments {
  const exporter = new PrometheusExporter({ preventServerStart: true });
  const resource = resourceFromAttributes({ 'service.name': 'shop' });
  const meter = new MeterProvider({ resource, readers: [exporter] }).getMeter('shop');
  serve(port, exporter);
  observePool(meter, pool, size);
  observeRuntime(meter);
  return {
    duration: meter.createHistogram('http.server.request.duration', {
      unit: 's',
      description: 'Duration of HTTP server requests.',
      advice,
    }),
    active: meter.createUpDownCounter('http.server.active_requests', {
      unit: '{request}',
      description: 'Number of active HTTP server requests.',
    }),
    wait: meter.createHistogram('db.client.connection.wait_time', {
      unit: 's',
      description: 'The time it took to obtain an open connection from the pool.',
      advice,
    }),
    use: meter.createHistogram('db.client.connection.use_time', {
      unit: 's',
      description: 'The time between borrowing a connection and returning it to the pool.',
      advice,
    }),
    timeouts: meter.createCounter('db.client.connection.timeouts', {
      unit: '{timeout}',
      description: 'The number of connection timeouts that have occurred trying to obtain a connection from the pool.',
    }),
  };
}

function serve(port: number, exporter: PrometheusExporter): void {
  const serializer = new PrometheusSerializer(undefined, false, undefined, false, true);
  createServer((_request, response) => {
    exporter.collect().then(
      ({ resourceMetrics }) =>
        response.writeHead(200, { 'content-type': contentType }).end(serializer.serialize(resourceMetrics)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  }).listen({ port, host: '127.0.0.1', exclusive: true });
}

function observePool(meter: Meter, pool: Pool, size: number): void {
  const unit = '{connection}';
  meter
    .createObservableUpDownCounter('db.client.connection.count', {
      unit,
      description: 'The number of connections that are currently in state described by the state attribute.',
    })
    .addCallback((result) => {
      result.observe(pool.idleCount, { ...poolName, 'db.client.connection.state': 'idle' });
      result.observe(pool.totalCount - pool.idleCount, { ...poolName, 'db.client.connection.state': 'used' });
    });
  meter
    .createObservableUpDownCounter('db.client.connection.max', {
      unit,
      description: 'The maximum number of open connections allowed.',
    })
    .addCallback((result) => result.observe(size, poolName));
  meter
    .createObservableUpDownCounter('db.client.connection.pending_requests', {
      unit: '{request}',
      description: 'The number of current pending requests for an open connection.',
    })
    .addCallback((result) => result.observe(pool.waitingCount, poolName));
}

function observeRuntime(meter: Meter): void {
  observeEventLoop(meter);
  meter
    .createObservableCounter('process.cpu.time', { unit: 's', description: 'Total CPU seconds by mode.' })
    .addCallback((result) => {
      const { user, system } = process.cpuUsage();
      result.observe(user / 1e6, { 'cpu.mode': 'user' });
      result.observe(system / 1e6, { 'cpu.mode': 'system' });
    });
  const used = meter.createObservableUpDownCounter('v8js.memory.heap.used', {
    unit: 'By',
    description: 'Heap memory in use, by space.',
  });
  used.addCallback((result) => {
    for (const space of v8.getHeapSpaceStatistics()) {
      result.observe(space.space_used_size, { 'v8js.heap.space.name': space.space_name });
    }
  });
  meter
    .createObservableUpDownCounter('v8js.memory.heap.max', { unit: 'By', description: 'Limit of the heap.' })
    .addCallback((result) => result.observe(v8.getHeapStatistics().heap_size_limit));
}

function observeEventLoop(meter: Meter): void {
  let last = performance.eventLoopUtilization();
  meter
    .createObservableGauge('nodejs.eventloop.utilization', { unit: '1', description: 'Event loop utilization.' })
    .addCallback((result) => {
      const now = performance.eventLoopUtilization();
      result.observe(performance.eventLoopUtilization(now, last).utilization);
      last = now;
    });
  meter
    .createObservableCounter('nodejs.eventloop.time', {
      unit: 's',
      description: 'Cumulative duration of time the event loop has been in each state.',
    })
    .addCallback((result) => {
      const { active, idle } = performance.eventLoopUtilization();
      result.observe(active / 1e3, { 'nodejs.eventloop.state': 'active' });
      result.observe(idle / 1e3, { 'nodejs.eventloop.state': 'idle' });
    });
  observeDelay(meter);
}

/** The delay of the loop since the last scrape. */
function observeDelay(meter: Meter): void {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const gauge = (name: string) =>
    meter.createObservableGauge(`nodejs.eventloop.delay.${name}`, {
      unit: 's',
      description: `Event loop ${name} delay.`,
    });
  const readings = [
    [gauge('min'), () => delay.min],
    [gauge('mean'), () => delay.mean],
    [gauge('p50'), () => delay.percentile(50)],
    [gauge('p99'), () => delay.percentile(99)],
    [gauge('max'), () => delay.max],
  ] as const;
  meter.addBatchObservableCallback(
    (result) => {
      for (const [instrument, read] of readings) {
        if (delay.count > 0) result.observe(instrument, read() / 1e9);
      }
      delay.reset();
    },
    readings.map(([instrument]) => instrument),
  );
}
