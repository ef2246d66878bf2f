import { number, percent } from '../model/in-words.ts';
import { requestsPerArrival } from '../model/requests-per-arrival.ts';
import type { RequestClass, Script } from '../model/script.ts';

/** What a script sends, line by line, for someone who decides whether it may be sent. Names only: rows and headers may be secret. */
export function scriptInWords({ classes, feeders, sessions }: Script): readonly string[] {
  const weights = classes.reduce((sum, { weight }) => sum + weight, 0);
  const each = requestsPerArrival(classes);
  return [
    ...(sessions === undefined
      ? []
      : [`${number(sessions.size)} sessions log in first, one after the other: ${names(sessions.login)}`]),
    ...classes.map((one) => `${percent(one.weight / weights)} of arrivals: ${doing(one)}`),
    ...(each === 1
      ? []
      : [
          `an arrival makes ${number(each)} requests on average; every rate is one of requests, so arrivals come at rate ÷ ${number(each)}`,
        ]),
    ...feeders.map(
      ({ name, rows, order, per }) => `feeder ${name}: ${number(rows.length)} rows, ${order}, one for each ${per}`,
    ),
  ];
}

function doing({ name, steps }: RequestClass): string {
  const [only] = steps;
  return only !== undefined && steps.length === 1 ? `${only.method} ${only.name}` : `${name}: ${names(steps)}`;
}

const names = (steps: RequestClass['steps']): string => steps.map(({ name, method }) => `${method} ${name}`).join(', ');
