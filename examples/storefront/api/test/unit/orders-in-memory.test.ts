import { ordersContract } from '../contract/orders'
import { memoryShop } from '../fakes/memory-shop'
import { CARAFE, CLOCK, MUG } from '../samples'

ordersContract('memory', async () => memoryShop([MUG, CLOCK, CARAFE]))
