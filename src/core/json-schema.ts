import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';

/** A JSON Schema as a CommonJS module that exports its validator, which runs without the compiler. For the build. */
export function compileValidator(schema: object): string {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: false,
    validateFormats: false,
    verbose: true,
    code: { source: true },
  });
  return standalone.default(ajv, ajv.compile(schema));
}
