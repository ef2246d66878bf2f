import { runShop } from './run-shop.ts';
import { addMemberRoutes } from './shop-members.ts';

await runShop(addMemberRoutes);
