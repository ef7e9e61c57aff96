import { type Zippable, zipSync } from 'fflate';
import type { OutputFile } from '../core/files.ts';

/** Begin of the time of zip files, as local time, which is what they hold: the same bytes at every place and time. */
const beginning = new Date(1980, 0, 1);

const container = `<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles>
    <rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
  </rootfiles>
</container>
`;

/**
 * Packs the files of a publication, `package.opf` among them, as OCF says (EPUB 3.3, 4.2): `mimetype` first and stored, the
 * others sorted by name. The same files give the same bytes.
 */
export function packOcf(files: readonly OutputFile[]): Uint8Array {
  const encoder = new TextEncoder();
  const bytes = ({ content }: OutputFile): Uint8Array =>
    typeof content === 'string' ? encoder.encode(content) : content;
  const archive: Zippable = {
    mimetype: [encoder.encode('application/epub+zip'), { level: 0 }],
    'META-INF/container.xml': encoder.encode(container),
  };
  for (const file of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) archive[`EPUB/${file.path}`] = bytes(file);
  return zipSync(archive, { level: 9, mtime: beginning });
}
