/** Where something stands that was written by hand. */
export type Place = { readonly file: string; readonly line: number };
