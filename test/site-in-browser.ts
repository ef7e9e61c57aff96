import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sparticuz from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';
import { convertDocument } from '../src/commands/convert-document.ts';
import { readEditionConfig } from '../src/config/edition-config.ts';
import { packageRoot } from '../src/core/package-root.ts';

const home = fileURLToPath(packageRoot);

/** The source of juan 3 of the example edition, and the TEI that is made of it. */
export function exampleTei(): { text: string; xml: string } {
  const edition = readEditionConfig(join(home, 'edition.json'), () => {})!;
  const document = edition.documents[0]!;
  const bytes = readFileSync(document.file);
  const converted = convertDocument(bytes, document, edition, '0.0.0', () => {})!;
  return { text: bytes.toString('utf8'), xml: converted.tei.xml };
}

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await sparticuz.executablePath(),
    args: ['--no-sandbox', '--disable-gpu', '--no-zygote'],
  });
}

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

/** Serves a folder below `/edition/` on a free port of this machine: a site must not need the root of its server. */
export async function serveFolder(folder: string): Promise<{ server: Server; address: string }> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, 'http://site');
    try {
      const content = readFileSync(join(folder, decodeURIComponent(pathname.replace(/^\/edition\//, ''))));
      response.setHeader('content-type', mediaTypes[extname(pathname)] ?? 'application/octet-stream');
      response.end(content);
    } catch {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/edition` };
}
