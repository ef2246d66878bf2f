import { memoryStore } from '../../src/store/memory-store.ts';
import { conformance } from './conformance.ts';

conformance('the store in memory', async () => memoryStore());
