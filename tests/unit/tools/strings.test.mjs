// What counts as a text for people, and what is said of a catalogue that lacks one.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { read } from '../../../tools/lang.mjs';
import { c_strings, faults, gather, updated, word_macros } from '../../../tools/strings.mjs';

const ids = (code, pages = false) => c_strings(code, pages).map((s) => s.id);

test('texts of C are found by what they are given to, over several lines, and not in remarks', () => {
    assert.deepEqual(ids('errors_add(&e, 422, "required", "email", "Enter an "\n  "address.", n);'), ['Enter an address.']);
    assert.deepEqual(ids('/* N_("no") */ x = N_("yes"); // N_("no")'), ['yes']);
    assert.deepEqual(ids('kind_refuse(errors, f, "code", ok ? "One %d." : "Two %d.", n);'), ['One %d.', 'Two %d.']);
    assert.deepEqual(ids('str_printf(arena, "/%s/new", name); STR("Save");'), []);
    assert.deepEqual(ids('STR("Save"); STR("value"); STR("Accept-Encoding"); STR_INIT("My name");', true), ['Save', 'My name']);
});

test('plurals and choices are found with what belongs to them', () => {
    const [days] = c_strings('errors_add(e, 409, "x", NULL, lang_plural(a, n, "%lld day", "%lld days"), n);', false);
    assert.deepEqual([days.id, days.plural], ['%lld day', '%lld days']);
    assert.deepEqual(c_strings('F_CHOICE("in_progress", "done"), HUES("gray", "green")', false).map((s) => [s.context, s.id]),
        [['choice', 'In progress'], ['choice', 'Done']]);
});

test('the words of a choice are found where a macro lists them, and read letter by letter where people do so', () => {
    const macros = word_macros('#define NAMES \\\n    "house", "in_vpn"\n#define OTHER "A sentence", 1\n');
    assert.deepEqual([...macros], [['NAMES', ['house', 'in_vpn']]]);
    assert.deepEqual(c_strings('F_CHOICES(NAMES, "ssl_tls")', false, macros).map((s) => s.id), ['House', 'In VPN', 'SSL TLS']);
    const packs = gather().filter((s) => s.context === 'choice' && s.from.includes('src/app/core/tenant.c')).map((s) => s.id);
    for (const pack of ['Billing', 'Property', 'AI']) assert.ok(packs.includes(pack), pack);
});

const strings = gather([
    { path: 'src/http/x.c', text: 'x = STR("Save"); lang_printf(a, "%s of %d", s, n);\n' +
        'lang_count(a, n, "%lld row", "%lld rows");' },
    { path: 'web/templates/x.html', text: '{% template x(int n) %}<p>{{ n }} quiet</p>{% endtemplate %}' },
    { path: 'web/js/x.js', text: "toast(say('Added {name}.', { name }));" },
]);
const HEAD = 'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n';
const catalogue = (text) => read('po/yy.po', Buffer.from(HEAD + text));
const GOOD = `msgid "Save"\nmsgstr "Los"\n\nmsgid "%s of %d"\nmsgstr "%s von %d"\n\n` +
    `msgid "%lld row"\nmsgid_plural "%lld rows"\nmsgstr[0] "%lld Zeile"\nmsgstr[1] "%lld Zeilen"\n\n` +
    `msgid "{n} quiet"\nmsgstr "ruhig: {n}"\n\nmsgid "Added {name}."\nmsgstr "{name} da."\n`;

test('a whole catalogue has no faults', () => { assert.deepEqual(faults(strings, catalogue(GOOD)), []); });

test('a missing, an empty and a forgotten translation are told, and places that differ', () => {
    const wrong = (from, to) => faults(strings, catalogue(GOOD.replace(from, to))).join('\n');
    assert.match(wrong('msgid "Save"\nmsgstr "Los"\n', ''), /'Save' of src\/http\/x\.c has no translation/);
    assert.match(wrong('msgstr "Los"', 'msgstr ""'), /'Save' .* has no translation/);
    assert.match(wrong('msgid "Save"', 'msgid "Load"'), /'Load' is said nowhere/);
    assert.match(wrong('"%s von %d"', '"%d von %s"'), /other places/);
    assert.match(wrong('"%lld Zeilen"', '"Zeilen"'), /other places/);
    assert.match(wrong('"ruhig: {n}"', '"ruhig"'), /other places/);
});

test('an update adds what is new, drops what is gone and keeps what was said', () => {
    const old = catalogue('msgid "Save"\nmsgstr "Los"\n\nmsgid "Gone"\nmsgstr "Weg"\n');
    const now = read('po/yy.po', Buffer.from(updated(strings, old.parsed)));
    assert.deepEqual(now.entries.map((e) => [e.id, e.said]), [['Save', ['Los']], ['%s of %d', ['']], ['%lld row', ['', '']],
        ['{n} quiet', ['']], ['Added {name}.', ['']]]);
});
