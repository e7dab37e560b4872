// lang.mjs - compiles po/NAME.po to the tables of base/lang.h, and gives the words that scripts say.
//
//     node tools/lang.mjs OUT.c [--pseudo] po/de.po ...
//
// A message is found by a hash of its context and English, so the English is not stored a second time. --pseudo adds the
// language "xx", every sentence in brackets: what a page shows without them is not translatable (tests/browser/lang.test.mjs).
// Only debug builds have it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { po } from 'gettext-parser';

const BITS = 10; // LANG_BITS
const PLACE = /\{(\w+)\}/g;

/* FNV-1a in 64 bits, as in base/lang.c. */
function hash(text) {
    let value = 14695981039346656037n;
    for (const byte of Buffer.from(text)) value = BigInt.asUintN(64, (value ^ BigInt(byte)) * 1099511628211n);
    return value;
}

export const message_key = (text) => `UINT64_C(0x${hash(text).toString(16).padStart(16, '0')})`;

/* A catalogue: { tag, name, plural, entries }, each entry { id, context, plural, said: [forms], from: [files] }. */
export function read(path, bytes = readFileSync(path)) {
    const parsed = po.parse(bytes);
    const entries = [];
    for (const [context, messages] of Object.entries(parsed.translations)) {
        for (const [id, m] of Object.entries(messages)) {
            if (id === '') continue;
            const from = (m.comments?.reference ?? '').split('\n').filter(Boolean);
            entries.push({ id, context, plural: m.msgid_plural ?? null, said: m.msgstr, from });
        }
    }
    const rule = /plural=([^;]+)/.exec(parsed.headers['Plural-Forms'] ?? '')?.[1].trim() ?? 'n != 1';
    if (!/^[n0-9 %&|!=<>?:()+-]+$/.test(rule)) throw new Error(`${path}: Plural-Forms cannot be read`);
    return { tag: basename(path, '.po'), name: parsed.headers['X-Name'] ?? basename(path, '.po'), plural: rule, entries, parsed };
}

export function pseudo(catalogue) {
    const wrap = (text) => `[${text}]`;
    const entries = catalogue.entries.map((e) => ({ ...e, said: (e.plural ? [e.id, e.plural] : [e.id]).map(wrap) }));
    return { ...catalogue, tag: 'xx', name: '[Pseudo]', plural: 'n != 1', entries };
}

/* {name} of a template's message becomes the number of its place in the English. */
function numbered(entry, said) {
    if (!entry.from.some((file) => file.startsWith('web/templates/'))) return said;
    const names = [...entry.id.matchAll(PLACE)].map((m) => m[1]);
    return said.replace(PLACE, (whole, name) => {
        const place = names.indexOf(name);
        return place < 0 ? whole : String.fromCharCode(place + 1);
    });
}

/* What scripts say, as their source: { "English": "Deutsch" }. */
export function script_words(catalogue) {
    const said = catalogue.entries.filter((e) => e.from.some((file) => file.startsWith('web/js/')));
    return `self.words=${JSON.stringify(Object.fromEntries(said.map((e) => [e.id, e.said[0]])))}\n`;
}

function rows(values, width) {
    const lines = [];
    for (let i = 0; i < values.length; i += width) lines.push(`    ${values.slice(i, i + width).join(', ')},`);
    return lines.join('\n');
}

function table(catalogue) {
    const bytes = [];
    const found = new Map();
    for (const entry of catalogue.entries) {
        if (entry.said.some((said) => said === '')) continue;
        const key = hash(entry.context ? `${entry.context}\u0004${entry.id}` : entry.id);
        if (found.has(key)) throw new Error(`${catalogue.tag}: '${entry.id}' has the hash of another message`);
        found.set(key, bytes.length);
        for (const said of entry.said) bytes.push(...Buffer.from(numbered(entry, said)), 0);
    }
    const keys = [...found.keys()].sort((a, b) => (a < b ? -1 : 1));
    const first = Array(2 ** BITS + 1).fill(0);
    for (const key of keys) first[Number(key >> BigInt(64 - BITS)) + 1]++;
    for (let i = 1; i < first.length; i++) first[i] += first[i - 1];
    const { tag } = catalogue;
    return [
        `static const uint64_t keys_${tag}[] = {`, rows(keys.map((k) => `0x${k.toString(16)}u`), 6), '    0};',
        `static const uint32_t at_${tag}[] = {`, rows(keys.map((k) => found.get(k)), 16), '    0};',
        `static const uint16_t first_${tag}[] = {`, rows(first, 16), '};',
        `static const unsigned char texts_${tag}[] = {`, rows(bytes, 32), '    0};',
        `static unsigned plural_${tag}(unsigned long n) { return (unsigned)(${catalogue.plural}); }`, '',
    ].join('\n');
}

export function generate(catalogues) {
    const row = ({ tag, name }) => `    {.tag = "${tag}", .name = "${name}", .script = "words-${tag}.js", .keys = keys_${tag}, ` +
        `.at = at_${tag}, .first = first_${tag},\n     .texts = (const char *)texts_${tag}, .texts_size = sizeof texts_${tag}, ` +
        `.plural = plural_${tag}},`;
    return ['/* Made by tools/lang.mjs from po/. */', '#include "base/lang.h"', '', 'extern const struct lang lang_table[];', '',
        ...catalogues.map(table), 'const struct lang lang_table[] = {', ...catalogues.map(row), '    {.tag = NULL}};', '',
    ].join('\n');
}

/* The languages of a build: each PO file, and the pseudo one of the first. */
export function languages(paths, with_pseudo) {
    const catalogues = paths.map((path) => read(path));
    return with_pseudo && catalogues.length ? [...catalogues, pseudo(catalogues[0])] : catalogues;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
    const args = process.argv.slice(2).filter((a) => a !== '--pseudo');
    if (args.length < 1) throw new Error('usage: lang.mjs OUT.c [--pseudo] PO...');
    mkdirSync(dirname(args[0]), { recursive: true });
    writeFileSync(args[0], generate(languages(args.slice(1), process.argv.includes('--pseudo'))));
}
