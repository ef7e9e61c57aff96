import { connectKeys } from './keys.ts';
import { connectLayers } from './layers.ts';
import { connectPopovers } from './popovers.ts';
import { followReading } from './running-head.ts';
import { followDirection } from './vertical.ts';

// On the pages of the text.

connectLayers();
followDirection();
followReading();
connectKeys();
connectPopovers();
