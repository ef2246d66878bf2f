import type { Report } from '../../src/model/report.ts';
import { conclude } from '../../src/run/conclude.ts';
import { readRecording } from '../lab/recording.ts';

/** What is said of a run on real servers that was kept in the lab. */
export function recorded(name: string): Report {
  const { order, record, collected } = readRecording(new URL(`../lab/recordings/${name}.json.gz`, import.meta.url));
  const report = conclude(order, record, collected);
  return { ...report, run: { ...report.run, id: name } };
}
