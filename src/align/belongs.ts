import { fits } from '../model/labels.ts';
import type { Row } from '../model/sheet.ts';

/** Whether a usage is that of the resource, and of the instance or all of them, that another row tells of. */
export const isOf = (usage: Row, { resource, at }: Row): boolean =>
  usage.resource.component === resource.component &&
  usage.resource.resource === resource.resource &&
  fits(at, usage.at);
