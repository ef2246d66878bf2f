/** Label names and values as Prometheus keeps them. */
export type Labels = Readonly<Record<string, string>>;

/** Label names, each with the value that it must have or several of which it must have one. */
export type Selected = Readonly<Record<string, string | readonly string[]>>;

/** Whether everything that `some` says also stands in `all`: a ceiling read at a wider scope fits every part of it. */
export function fits(some: Labels, all: Labels): boolean {
  return Object.entries(some).every(([name, value]) => all[name] === undefined || all[name] === value);
}

/** Labels as one stable text: the same labels always give the same text. */
export function textOf(labels: Labels): string {
  return Object.keys(labels)
    .sort()
    .map((name) => `${name}=${labels[name]}`)
    .join(',');
}
