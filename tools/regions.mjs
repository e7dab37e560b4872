// regions.mjs - countries, currencies and time zones with their names in each language, for base/regions.h, from what Node.js
// knows of them (Unicode CLDR), and the zones from the system's database, by which the program reckons, too (base/zone.c).
//
//     node tools/regions.mjs OUT.c [--pseudo] po/de.po ...
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { pathToFileURL } from 'node:url';

const ZONES = '/usr/share/zoneinfo/zone.tab';
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
// Codes that CLDR names though ISO 3166 has given them to no country: unions, pseudo regions, single islands.
const NO_COUNTRY = new Set('AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ'.split(' '));

function countries(tag) {
    const names = new Intl.DisplayNames([tag], { type: 'region', fallback: 'none' });
    // A code that went is read as the one that came for it.
    const live = (code) => new Intl.Locale(`und-${code}`).region === code && !NO_COUNTRY.has(code);
    return LETTERS.flatMap((a) => LETTERS.map((b) => a + b)).filter(live).map((code) => [code, names.of(code)]);
}

function currencies(tag) {
    const names = new Intl.DisplayNames([tag], { type: 'currency', fallback: 'none' });
    return Intl.supportedValuesOf('currency').map((code) => [code, names.of(code)]);
}

const zones = () => ['UTC', ...readFileSync(ZONES, 'utf8').split('\n').filter((line) => line && !line.startsWith('#'))
    .map((line) => line.split('\t')[2]).sort()];

/* In the order of their names; what has no name is left out. The pseudo language shows that a page says them in its own. */
function table(name, tag, entries) {
    const said = (text, code) => (tag === 'xx' ? `[${text} (${code})]` : `${text} (${code})`);
    const { compare } = new Intl.Collator(tag === 'xx' ? 'en' : tag);
    const rows = entries.filter(([, text]) => text).sort(([, a], [, b]) => compare(a, b))
        .map(([code, text]) => `    {${JSON.stringify(code)}, ${JSON.stringify(said(text, code))}},`);
    return [`static const struct region ${name}_${tag}[] = {`, ...rows, '    {NULL, NULL}};'].join('\n');
}

export function generate(tags) {
    const from = (tag) => (tag === 'xx' ? 'en' : tag);
    return ['/* Made by tools/regions.mjs. */', '#include "base/regions.h"', '',
        ...tags.map((tag) => table('countries', tag, countries(from(tag)))),
        ...tags.map((tag) => table('currencies', tag, currencies(from(tag)))),
        'const struct region_language region_languages[] = {',
        ...tags.map((tag) => `    {"${tag}", countries_${tag}, currencies_${tag}},`), '    {NULL, NULL, NULL}};',
        'const struct region region_zones[] = {',
        ...zones().map((zone) => `    {"${zone}", "${zone.replaceAll('_', ' ')}"},`), '    {NULL, NULL}};', ''].join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
    const args = process.argv.slice(2).filter((a) => a !== '--pseudo');
    if (args.length < 1) throw new Error('usage: regions.mjs OUT.c [--pseudo] PO...');
    const tags = ['en', ...args.slice(1).map((path) => basename(path, '.po'))];
    if (process.argv.includes('--pseudo')) tags.push('xx');
    mkdirSync(dirname(args[0]), { recursive: true });
    writeFileSync(args[0], generate(tags));
}
