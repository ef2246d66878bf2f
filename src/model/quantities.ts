import { Type } from 'typebox';

export const Name = Type.String({
  pattern: '^[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?$',
  title: 'a name of letters, digits, "-", "_" and "."',
  examples: ['shop'],
});
export const Count = Type.Integer({ minimum: 1, title: 'a whole number from 1 up', examples: ['2000'] });
export const PathText = Type.String({ minLength: 1, title: 'a path', examples: ['./secrets/token'] });

/**
 * Amounts as people write them, with their unit. A number without one is refused: nobody knows whether 5 is seconds or milliseconds.
 * `title` is what a message calls it, `examples` is what it shows.
 */
export const DurationText = Type.String({
  pattern: '^([0-9]+(\\.[0-9]+)?(ms|s|m|h|d))+$',
  title: 'a duration with its unit',
  examples: ['300ms', '5s', '2m', '2h'],
});

const duration = '([0-9]+(\\.[0-9]+)?(ms|s|m|h|d))+';

/** A pause: the same each time, evenly spread between two durations, exponential around a mean, or lognormal around a mean with a standard deviation. */
export const ThinkText = Type.String({
  pattern: `^(${duration}(\\.\\.${duration})?|exponential ${duration}|lognormal ${duration} ${duration})$`,
  title: 'a pause',
  examples: ['2s', '1s..3s', 'exponential 2s', 'lognormal 2s 1s'],
});

export const RateText = Type.String({
  pattern: '^[0-9]+(\\.[0-9]+)?/(s|min|h)$',
  title: 'a rate with its unit',
  examples: ['200/s', '16000/min'],
});

/** How much load: requests a second, or users who wait for their answers. */
export const LevelText = Type.String({
  pattern: '^([0-9]+(\\.[0-9]+)?/(s|min|h)|[0-9]+ users?)$',
  title: 'a rate or a number of users',
  examples: ['200/s', '50 users'],
});

export const ShareText = Type.String({
  pattern: '^[0-9]+(\\.[0-9]+)?%$',
  title: 'a percentage',
  examples: ['1%', '0.5%'],
});

export const CeilingText = Type.String({
  pattern: '^[0-9]+(\\.[0-9]+)?(/s| ?[A-Za-z][A-Za-z/ ]*)$',
  title: 'an amount with its unit',
  examples: ['2 cores', '3000/s', '4 GiB', '341 connections'],
});

export const PrefixText = Type.String({
  pattern: '^([0-9a-fA-F.:]+)?/([0-9]|[1-9][0-9]|1[01][0-9]|12[0-8])$',
  title: 'an address range with its prefix length',
  examples: ['10.4.0.0/21', '/24'],
});
