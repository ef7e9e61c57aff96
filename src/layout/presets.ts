import type { Format, FormatKind } from './format.ts';
import keben from './presets/keben.json' with { type: 'json' };
import qianyin from './presets/qianyin.json' with { type: 'json' };

/** The presets (版式) by name, as their files presets/NAME.json have them; schemas/format.schema.json says what may stand there. */
export const presets: Readonly<Record<FormatKind, Format>> = { keben: keben as Format, qianyin: qianyin as Format };
