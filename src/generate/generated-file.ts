/** A file that is generated and kept in the repository; `path` counts from the top of the house. */
export type GeneratedFile = { readonly path: string; readonly text: string };
