import { boughtTogetherContract } from '../contract/bought-together'
import { memoryShop } from '../fakes/memory-shop'
import { CARAFE, CLOCK, MUG } from '../samples'

boughtTogetherContract('memory', async () => memoryShop([MUG, CLOCK, CARAFE]))
