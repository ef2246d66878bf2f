import type { TSchema, TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';

/** What a route answers with one status: a sentence, and a schema for each media type (none: plain text). */
export type Answer = {
  readonly says: string;
  readonly content?: Readonly<Record<string, TSchema | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
};

/** What the description of the API says of a route. */
export type Told = {
  readonly summary: string;
  readonly answers: Readonly<Record<number, Answer>>;
  /** The route asks for nothing that could break, so no problem is described. */
  readonly plain?: boolean;
};

declare module 'fastify' {
  interface FastifyContextConfig {
    readonly told?: Told;
    /** Starts load: refused where anybody could ask for it. */
    readonly startsLoad?: boolean;
  }
}

/** The server while routes are added to it; schemas give the types. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

export const json = (schema: TSchema): Readonly<Record<string, TSchema>> => ({ 'application/json': schema });
