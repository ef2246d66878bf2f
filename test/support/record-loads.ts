import { writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

/** Loaded before a program (`node --import`): on exit it writes what was loaded to the file that PLIMSOLL_LOADS names, one address a line. */
const loaded: string[] = [];

registerHooks({
  load: (url, context, next) => {
    loaded.push(url);
    return next(url, context);
  },
});
process.on('exit', () => writeFileSync(process.env.PLIMSOLL_LOADS ?? '/dev/null', loaded.join('\n')));
