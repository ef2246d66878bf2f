import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Own } from './own.ts';
import { answersHttp, onFreePort, type Running, runningOf, untilReady } from './ready.ts';

/** One job of the scrape configuration. */
export interface Job {
  readonly name: string;
  /** Ports of loopback. */
  readonly ports: readonly number[];
  readonly path?: string;
  /** Labels that every series of the job carries, as discovery would add them. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Whether labels of the page win over ours: for exporters that speak of others. */
  readonly honorLabels?: boolean;
}

/** Starts a Prometheus of our own that scrapes these jobs every second. */
export async function startPrometheus(own: Own, jobs: readonly Job[]): Promise<Running> {
  const file = join(own.directory, 'prometheus.yml');
  writeFileSync(file, scrapeConfiguration(jobs));
  return onFreePort(own, async (port) => {
    const child = own.start({
      name: 'prometheus',
      command: 'prometheus',
      args: [
        `--config.file=${file}`,
        `--storage.tsdb.path=${join(own.directory, 'prometheus')}`,
        '--storage.tsdb.retention.time=1d',
        `--web.listen-address=127.0.0.1:${port}`,
        // For generators of load that push what they saw.
        '--web.enable-remote-write-receiver',
        '--log.level=warn',
      ],
    });
    await untilReady(own, child, () => answersHttp(`http://127.0.0.1:${port}/-/ready`));
    return runningOf(child, port);
  });
}

/** JSON is YAML too. */
export const scrapeConfiguration = (jobs: readonly Job[]): string =>
  `${JSON.stringify({ global: { scrape_interval: '1s', scrape_timeout: '1s' }, scrape_configs: jobs.map(scrapeOf) }, undefined, 2)}\n`;

const scrapeOf = ({ name, ports, path, labels, honorLabels }: Job) => ({
  job_name: name,
  ...(path === undefined ? {} : { metrics_path: path }),
  ...(honorLabels === true ? { honor_labels: true } : {}),
  static_configs: [{ targets: ports.map((port) => `127.0.0.1:${port}`), ...(labels === undefined ? {} : { labels }) }],
});
