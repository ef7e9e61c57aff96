import { createRequire } from 'node:module';
import type { Format, FormatKind } from './format.ts';
import type kebenFile from './presets/keben.json';
import type qianyinFile from './presets/qianyin.json';

// Named so that the compiler copies the files beside its output.
type PresetFiles = { readonly keben: typeof kebenFile; readonly qianyin: typeof qianyinFile };

const require = createRequire(import.meta.url);

/** A preset (版式) as its file presets/NAME.json has it; schemas/format.schema.json says what may stand there. */
// The folder is named because the bundle (setup/bundle.ts) stands beside it.
const readPreset = (name: keyof PresetFiles): Format => require(`../layout/presets/${name}.json`) as Format;

/** The presets by name. */
export const presets: Readonly<Record<FormatKind, Format>> = {
  keben: readPreset('keben'),
  qianyin: readPreset('qianyin'),
};
