import { type Diagnostic, diagnostic } from '../core/diagnostic.ts';
import type { JsonEdit } from '../core/json.ts';
import type { AuthorityKind } from './authority.ts';
import { type AnyEntity, nameOf, unitedNames } from './names.ts';

/** The entities of an authority file, in its order. */
export interface EntityFile {
  readonly path: string;
  readonly kind: AuthorityKind;
  readonly entities: readonly AnyEntity[];
}

/** What joining two entities changes: edits of files, and a sentence for people. */
export interface Merge {
  readonly edits: readonly { readonly path: string; readonly edits: readonly JsonEdit[] }[];
  readonly summary: string;
}

/** An entity and its place. */
interface Placed {
  readonly entity: AnyEntity;
  readonly file: EntityFile;
  readonly index: number;
}

/**
 * Plans to join two entities. Of two proposals the first takes over what the second has, and the second goes. An entry
 * that an editor vouches for is never changed: the proposal then says whose names it has (`sameAs`). Gives a diagnostic
 * where the two cannot be joined.
 */
export function planMerge(first: string, second: string, files: readonly EntityFile[]): Merge | Diagnostic {
  if (first === second) return cannot(`Unexpected second id \`${second}\`, expected that of another entity.`);
  const places = [first, second].map((id) => placesOf(id, files));
  const missing = [first, second].find((_, index) => places[index]!.length === 0);
  if (missing !== undefined) {
    const message = `Unexpected id \`${missing}\`, expected that of an entity of the authority files.`;
    return diagnostic('config/missing-authority-id', message);
  }
  const pair = sameKind(places[0]!, places[1]!);
  if (!pair) {
    const [one, other] = [places[0]![0]!.file.kind, places[1]![0]!.file.kind];
    return cannot(
      `Unexpected entities of two kinds: \`${first}\` is of ${one}, \`${second}\` of ${other}; expected one kind.`,
    );
  }
  const decided = pair.find(({ entity }) => entity.status === 'rejected' || entity.sameAs !== undefined);
  if (decided) return cannot(describeDecided(decided.entity));
  const proposed = pair.filter(({ entity }) => entity.status === 'proposed');
  if (proposed.length === 0) {
    return cannot(
      `Unexpected \`${first}\` and \`${second}\`, both vouched for by an editor; expected a proposal among them.`,
    );
  }
  if (proposed.length === 2) return joinProposed(pair[0], pair[1], files);
  const [waiting] = proposed;
  const kept = pair.find((one) => one !== waiting)!;
  const path = [waiting!.file.kind, waiting!.index, 'sameAs'];
  return {
    edits: [{ path: waiting!.file.path, edits: [{ path, value: kept.entity.id }] }],
    summary: `${shown(waiting!.entity)} is now ${shown(kept.entity)}, whose own entry is unchanged`,
  };
}

const shown = (entity: AnyEntity): string => `${entity.id} (${nameOf(entity)})`;

const cannot = (message: string): Diagnostic => diagnostic('config/cannot-merge', message);

function describeDecided({ id, status, sameAs }: AnyEntity): string {
  return status === 'rejected'
    ? `Unexpected rejected entity \`${id}\`, expected one that is in use.`
    : `Unexpected entity \`${id}\`, which is already joined to \`${sameAs}\`; expected one that stands for itself.`;
}

const placesOf = (id: string, files: readonly EntityFile[]): Placed[] =>
  files.flatMap((file) =>
    file.entities.flatMap((entity, index) => (entity.id === id ? [{ entity, file, index }] : [])),
  );

function sameKind(first: readonly Placed[], second: readonly Placed[]): readonly [Placed, Placed] | undefined {
  for (const one of first) {
    const other = second.find(({ file }) => file.kind === one.file.kind);
    if (other) return [one, other];
  }
  return undefined;
}

/** The second of two proposals goes into the first; what pointed to it points to the first. */
function joinProposed(kept: Placed, gone: Placed, files: readonly EntityFile[]): Merge {
  const { kind } = kept.file;
  const at = (key: string) => [kind, kept.index, key];
  const united: JsonEdit[] = Object.entries(unite(kept.entity, gone.entity)).map(([key, value]) => ({
    path: at(key),
    value,
  }));
  const edits = files
    .filter((file) => file.kind === kind)
    .map((file) => ({
      path: file.path,
      edits: [
        ...file.entities.flatMap(({ sameAs }, index) =>
          sameAs === gone.entity.id ? [{ path: [kind, index, 'sameAs'], value: kept.entity.id }] : [],
        ),
        ...(file === kept.file ? united : []),
        // The last, as it moves what stands behind it.
        ...(file === gone.file ? [{ path: [kind, gone.index], value: undefined }] : []),
      ],
    }))
    .filter((file) => file.edits.length > 0);
  return { edits, summary: `${shown(gone.entity)} went into ${shown(kept.entity)}` };
}

/** The keys of a proposal that change when it takes over another. */
function unite(kept: AnyEntity, gone: AnyEntity): Record<string, unknown> {
  const notes = [kept.note, gone.note].filter((note) => note !== undefined);
  const mentions = (kept.mentions ?? 0) + (gone.mentions ?? 0);
  const names = unitedNames(kept, gone);
  const candidates = kept.candidates?.filter((id) => id !== gone.id);
  return {
    ...(names.length > (kept.names?.length ?? 0) ? { names } : {}),
    ...('title' in kept && 'title' in gone && gone.sections
      ? { sections: [...new Set([...(kept.sections ?? []), ...gone.sections])] }
      : {}),
    ...(mentions > 0 ? { mentions } : {}),
    ...(gone.evidence ? { evidence: [...(kept.evidence ?? []), ...gone.evidence] } : {}),
    ...(kept.candidates?.includes(gone.id) ? { candidates } : {}),
    ...(gone.note === undefined ? {} : { note: [...new Set(notes)].join(' ') }),
    ...(gone.identifiers ? { identifiers: { ...gone.identifiers, ...kept.identifiers } } : {}),
  };
}
