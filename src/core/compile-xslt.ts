import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

/** Why a stylesheet cannot be compiled: the compiler's sentence, and the line of the stylesheet it names. */
export interface XsltFault {
  readonly message: string;
  readonly line: number | undefined;
}

/**
 * Compiles the text of an XSLT stylesheet to the text of a SEF, which is run by `runXslt`; takes a second or more.
 * The compiler is a command-line program only, so it runs in a worker, on files in a temporary folder.
 */
export async function compileXslt(xslt: string): Promise<{ sef: string } | XsltFault> {
  const folder = mkdtempSync(join(tmpdir(), 'weibian-xslt-'));
  try {
    const source = join(folder, 'schema.xsl');
    const target = join(folder, 'schema.sef.json');
    writeFileSync(source, xslt);
    const { code, output } = await runCompiler([`-xsl:${source}`, `-export:${target}`, '-nogo', '-relocate:on']);
    return code === 0 ? { sef: readFileSync(target, 'utf8') } : faultOf(output);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runCompiler(argv: string[]): Promise<{ code: number; output: string }> {
  const compiler = createRequire(import.meta.url).resolve('xslt3');
  return new Promise((resolve, reject) => {
    const worker = new Worker(compiler, { argv, stdout: true, stderr: true, env: {} });
    let output = '';
    const collect = (data: Buffer): void => {
      output += data.toString('utf8');
    };
    worker.stdout.on('data', collect);
    worker.stderr.on('data', collect);
    worker.on('error', reject);
    worker.on('exit', (code) => resolve({ code, output }));
  });
}

/** The compiler's report without its own words about files, of which it names the line and a name of ours. */
function faultOf(output: string): XsltFault {
  const line = /\bline (\d+)/.exec(output)?.[1];
  const code = /\bError (\w+)/.exec(output)?.[1];
  const reason = output
    .replace(/Failed to compile stylesheet\s*$/, '')
    .replace(/^\s*Error\s*\w*/, '')
    .replace(/\b(?:Static error in \w+ )?(?:on|at) line \d+(?: column \d+)?(?: (?:in|of) \S*schema\.xsl)?/g, '')
    .replace(/\s+/g, ' ')
    .replace(/^[\s:]+|[.\s]+$/g, '')
    .replace(/^\{(.*)\}: /, '`$1`: ');
  return { message: code ? `${reason} (${code})` : reason, line: line === undefined ? undefined : Number(line) };
}
