// What the template compiler promises: every place of a page escapes by itself, and what could not be safe does not compile.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { generate } from '../../../tools/lang.mjs';
import { compile, header, offered } from '../../../tools/templates.mjs';

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../../..');
const NAUGHTY = `"><script>alert('1')</script>&`;

/* Wraps `html` in a template t(struct str x, int n, bool yes). */
const t = (html) => `{% template t(struct str x, int n, bool yes) %}${html}{% endtemplate %}`;
const refuses = (html, message) => assert.throws(() => compile(t(html), 'web/templates/x.html'), message);

const FLAGS = ['-std=c11', '-D_GNU_SOURCE', '-O0', '-Wall', '-Wextra', '-Wpedantic', '-Wconversion', '-Wshadow', '-Werror',
    '-I', path.join(root, 'src'), '-include', path.join(root, 'src/base/banned.h')];
const gcc = (...args) => execFileSync('gcc', [...FLAGS, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'tenon-tpl-'));
const base = [];
before(() => {
    for (const name of ['arena', 'buf', 'html', 'lang', 'str', 'utf8']) {
        base.push(path.join(work, `${name}.o`));
        gcc('-c', '-o', path.join(work, `${name}.o`), path.join(root, `src/base/${name}.c`));
    }
});
after(() => fs.rmSync(work, { recursive: true }));

/* A language "yy" that says what `words` has. */
const language = (words) => ({
    tag: 'yy', name: 'Y', plural: 'n != 1',
    entries: Object.entries(words)
        .map(([id, text]) => ({ id, context: '', plural: null, said: [text], from: ['web/templates/x.html'] })),
});

/* Compiles `source`, calls t(x, n, yes) for each x and returns what it wrote each time; with `words` in that language. */
function render_all(source, texts, n = 7, yes = true, words = {}) {
    const quoted = texts.map((x) => [...Buffer.from(x)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join(''));
    const file = (name) => path.join(work, name);
    fs.writeFileSync(file('templates.h'), header([{ source, file: 'x.html' }]));
    fs.writeFileSync(file('x.c'), compile(source, 'x.html'));
    fs.writeFileSync(file('table.c'), generate([language(words)]));
    fs.writeFileSync(file('main.c'), `#include "templates.h"
int main(void) {
    struct arena *arena = arena_new(1u << 20);
    struct buf b = buf_new(arena, 64);
    if (${Object.keys(words).length}) arena_speak(arena, lang_find(STR("yy")));
${quoted.map((q) => `    tpl_t(&b, STR("${q}"), ${n}, ${yes});\n    buf_char(&b, '\\0');\n`).join('')}
    fwrite(b.ptr, 1, b.len, stdout);
    arena_free(arena);
    return 0;
}
`);
    gcc('-I', work, '-o', file('main'), file('main.c'), file('x.c'), file('table.c'), ...base);
    return execFileSync(file('main'), { encoding: 'utf8' }).split('\0').slice(0, -1);
}

const render = (source, x = NAUGHTY, n = 7, yes = true) => render_all(source, [x], n, yes)[0];

test('element text is escaped', () => {
    assert.equal(render(t('<p>{{ x }}</p>')), '<p>&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;</p>');
});

test('a quoted attribute is escaped, with either quote', () => {
    const out = render(t(`<p title="{{ x }}" lang='{{ x }}'></p>`));
    assert.ok(!/<script/.test(out));
    assert.equal(out.match(/&quot;&gt;/g).length, 2);
    assert.equal(out.match(/["']/g).length, 4);
});

test('text inside textarea and title is escaped and keeps its first newline', () => {
    const out = render(t('<textarea>{{ x }}</textarea>'), '\n</textarea><b>');
    assert.equal(out, '<textarea>\n\n&lt;/textarea&gt;&lt;b&gt;</textarea>');
});

test('a script scheme at the start of a URL becomes a hash', () => {
    const source = t('<a href="{{ x }}">a</a>');
    const bad = ['javascript:alert(1)', 'JaVaScRiPt:alert(1)', ' javascript:alert(1)', 'java\tscript:alert(1)',
        '\u0001javascript:1', 'data:text/html,x', 'vbscript:x'];
    const good = ['https://example.com/?a=1', 'HTTP://x', 'mailto:a@b.example', 'tel:+61', '/leads', 'leads/1:2', '?q=a:b', '#x'];
    assert.deepEqual(render_all(source, bad), bad.map(() => '<a href="#">a</a>'));
    assert.deepEqual(render_all(source, good), good.map((url) => `<a href="${url}">a</a>`));
});

test('inside a path or query an expression is percent-encoded', () => {
    assert.equal(render(t('<a href="/leads/{{ x }}?n={{ n }}&amp;q={{ x }}">a</a>'), 'a/b?c&d="'),
        '<a href="/leads/a%2Fb%3Fc%26d%3D%22?n=7&amp;q=a%2Fb%3Fc%26d%3D%22">a</a>');
});

test('an encoded URL passes through once', () => {
    const source = t('{% let struct url u = html_url_safe(x) %}<a href="/leads?{{ u }}">a</a><form action="{{ u }}"></form>');
    assert.equal(render(source, 'a=%20&b=1'), '<a href="/leads?a=%20&amp;b=1">a</a><form action="a=%20&amp;b=1"></form>');
});

test('HTML that is vouched for is written as it stands, but only as text', () => {
    assert.equal(render(t('{% let struct html h = html_safe(x) %}<p>{{ h }}</p>'), '<b>x</b>'), '<p><b>x</b></p>');
    assert.throws(() => render(t('{% let struct html h = html_safe(x) %}<p title="{{ h }}"></p>')), /_Generic/);
});

test('JSON in a script cannot end the script', () => {
    const source = t('<script type="application/json">{"x":{{ x }},"n":{{ n }},"yes":{{ yes }}}</script>');
    const out = render(source, '</script><!--"\u2028');
    assert.ok(!out.slice(31).startsWith('</script>') && out.indexOf('</script>') === out.length - 9, out);
    const json = JSON.parse(out.slice(out.indexOf('>') + 1, -9));
    assert.deepEqual(json, { x: '</script><!--"\u2028', n: 7, yes: true });
});

test('JSON in an attribute survives the attribute', () => {
    const out = render(t(`<button hx-vals='{"x":{{ x }}}'>a</button>`));
    const characters = { '&quot;': '"', '&#39;': "'", '&lt;': '<', '&gt;': '>', '&amp;': '&' };
    const value = /hx-vals='([^']*)'/.exec(out)[1].replace(/&[^;]+;/g, (entity) => characters[entity]);
    assert.deepEqual(JSON.parse(value), { x: NAUGHTY });
});

test('a style takes integers for custom properties and nothing else', () => {
    assert.equal(render(t('<p style="--w:{{ n }}%"></p>'), '', -3), '<p style="--w:-3%"></p>');
    assert.throws(() => render(t('<p style="--w:{{ x }}"></p>')), /_Generic/);
    refuses('<p style="width:3px"></p>', /custom properties/);
    refuses('<p style="width:{{ n }}px"></p>', /custom properties/);
});

test('booleans and numbers are written as words and digits', () => {
    assert.equal(render(t('<p aria-busy="{{ yes }}">{{ n }} {{ (size_t)18 }} {{ INT64_MIN }} {{ "a<b" }}</p>')),
        '<p aria-busy="true">7 18 -9223372036854775808 a&lt;b</p>');
});

test('what cannot be escaped does not compile', () => {
    refuses('<p title={{ x }}></p>', /quoted/);
    refuses('<p {{ x }}="a"></p>', /outside a quoted value/);
    refuses('<p {{ x }}></p>', /outside a quoted value/);
    refuses('<p da{{ x }}="a"></p>', /outside a quoted value|white space/);
    refuses('<{{ x }}></p>', /tag name/);
    refuses('<p{{ x }}></p>', /outside a quoted value/);
    refuses('<script>var x = {{ x }}</script>', /app\.js/);
    refuses('<script>{{ x }}</script>', /inside <script>/);
    refuses('<script type="{{ x }}">{}</script>', /static/);
    refuses('<style>{{ x }}</style>', /inside <style>/);
    refuses('<p onclick="{{ x }}"></p>', /event handlers/);
    refuses('<p onclick="alert(1)"></p>', /event handlers/);
    refuses('<p hx-on:click="a({{ n }})"></p>', /event handlers/);
    refuses('<p hx-trigger="click[{{ n }}]"></p>', /static/);
    refuses('<p hx-confirm="{{ x }}"></p>', /static text/);
    refuses('<p hx-vals="{{ x }}"></p>', /JSON object/);
    refuses('<iframe srcdoc="{{ x }}"></iframe>', /static/);
    refuses('<a href="javascript:{{ x }}">a</a>', /scheme/);
    refuses('<a href="java{{ x }}">a</a>', /between/);
    refuses('<a href="{{ x }}{{ x }}">a</a>', /between/);
    refuses('<a href="{% if yes %}/a{% end %}{{ x }}">a</a>', /between/);
    refuses('<!-- {{ x }} -->', /comment/);
});

test('a malformed template names its file and line', () => {
    refuses('\n\n<p>', /^Error: web\/templates\/x\.html:3: <p> of line 3 is not closed|x\.html:3: <p>/);
    refuses('<p>\n</div>', /x\.html:2: <\/div> where <p> of line 1 is open/);
    refuses('\n{% if yes %}', /x\.html:2: 'if' is not closed/);
    refuses('\n{% end %}', /x\.html:2: unknown or misplaced directive 'end'/);
    refuses('{% frobnicate %}', /unknown/);
    refuses('{% if yes %}<p>{% end %}</p>', /different elements/);
    refuses('{% for (int i = 0; i < n; i++) %}<p>{% end %}', /different elements/);
    refuses('<p {% for (int i = 0; i < n; i++) %}a="1"{% end %}></p>', /loop/);
    refuses('{% for i in n %}{% end %}', /init; test; step/);
    refuses('{% call part(n %}', /NAME\(arguments\)/);
    refuses('{% if yes %}{% body %}{% end %}', /outside of if/);
    refuses('<p>{{ x </p>', /not closed by/);
    refuses('a < b', /&lt;/);
    refuses('<div/>', /void/);
    refuses('<p title="a"b></p>', /white space/);
    refuses('{{ f(x }}', /brackets/);
    assert.throws(() => compile('loose', 'x.html'), /outside a template/);
    assert.throws(() => compile('{% template t(int) %}{% endtemplate %}', 'x.html'), /parameters/);
    assert.throws(() => header([{ source: t('a'), file: 'a.html' }, { source: t('b'), file: 'b.html' }]), /already in a\.html/);
});

test('a boolean attribute may depend on a condition', () => {
    const source = t('<input type="checkbox" {% if yes %}checked{% end %}{% if n > 9 %} disabled{% end %}>');
    assert.equal(render(source), '<input type="checkbox" checked>');
    assert.match(render(source, '', 10, false), /^<input type="checkbox" +disabled>$/);
});

test('conditions, loops, locals and calls nest', () => {
    const source = `
{# one row #}
{% template row(struct str x, int i) %}
  <li>{{ i }}{{ x }}</li>
{% endtemplate %}
${t(`
<ul>
  {% for (int i = 0; i < n; i++) %}
    {% let int twice = i * 2 %}
    {% if twice == 0 %}
      <li>none</li>
    {% elif twice == 2 %}
      <li class="a {% if yes %}b{% end %}">one</li>
    {% else %}
      {% call row(x, twice) %}
    {% end %}
  {% end %}
</ul>`)}`;
    assert.equal(render(source, 'x', 3).replace(/\n/g, ''), '<ul><li>none</li><li class="a b">one</li><li>4x</li></ul>');
});

test('a layout wraps a body', () => {
    const source = `
{% template frame(struct str title) %}
<main><h1>{{ title }}</h1>{% body %}</main>
{% endtemplate %}
${t('{% wrap frame(x) %}<p>{{ n }}</p>{% end %}')}`;
    assert.equal(render(source, 'a<b'), '<main><h1>a&lt;b</h1><p>7</p></main>');
});

test('white space collapses except where it counts, and comments vanish', () => {
    const loose = '<p\n   class="a"\n   id="b"\n>  a   b\n\n   c <!-- <x> --> <b>d</b>  </p>';
    assert.equal(render(t(loose)), '<p class="a" id="b"> a b\nc <b>d</b> </p>');
    assert.equal(render(t('<pre>  a\n   b\n</pre>')), '<pre>  a\n   b\n</pre>');
    assert.equal(render(t('<textarea>\n  a\n</textarea>')), '<textarea>\n  a\n</textarea>');
});

test('quotes, question marks, long text and closers inside literals are written right', () => {
    const long = 'ä"\\??/'.repeat(2000);
    assert.equal(render(t(`<p>${long}{{ "}}%}" }}</p>`)), `<p>${long}}}%}</p>`);
});

test('gcc points at the template', () => {
    assert.throws(() => render(t('\n<p>\n{{ no_such_thing }}\n</p>')), (e) => /x\.html:3:.*no_such_thing/.test(String(e.stderr)));
});

const offers = (html) => offered(t(html), 'web/templates/x.html').messages.map((m) => m.text);
const said = (html, words, x = 'Ann') => render_all(t(html), [x], 7, true, words)[0];

test('what a person reads is offered for translation, and nothing else', () => {
    assert.deepEqual(offers('<p class="big">Save <b>it</b></p><a href="/leads" title="All leads" data-x="No">+</a>'),
        ['Save', 'it', 'All leads']);
    assert.deepEqual(offers('<code>tenon serve</code><kbd>Ctrl</kbd><p translate="no">Ann <b>Lee</b></p><p>Tea &amp; cake</p>'),
        ['Tea & cake']);
    assert.deepEqual(offers('{{ x }} · {{ n }}'), []);
});

test('text and expressions up to the next tag are one message, whose values may change places', () => {
    assert.deepEqual(offers('<p>{{ n }} of {{ n }} by {{ x }} <b>now</b></p>'), ['{n} of {n2} by {x}', 'now']);
    assert.equal(said('<p>{{ n }} by {{ x }}</p>', { '{n} by {x}': '{x} hat {n}' }, '<Ann>'), '<p>&lt;Ann&gt; hat 7</p>');
});

test('a translation is escaped, and what has none is written as it stands', () => {
    assert.equal(said('<p title="Save">Save</p> <p>Tea &amp; cake</p>', { Save: '"Los" & <weg>' }),
        '<p title="&quot;Los&quot; &amp; &lt;weg&gt;">&quot;Los&quot; &amp; &lt;weg&gt;</p> <p>Tea &amp; cake</p>');
});

test('a text of ours is translated where it is written, the same words of a person are not', () => {
    const words = { Save: 'Sichern' };
    assert.equal(said('<p>{{ STR("Save") }} {{ yes ? "Save" : "" }}</p>', words), '<p>Sichern Sichern</p>');
    assert.equal(said('{% let struct str typed = str_dup(b->arena, STR("Save")) %}<p>{{ typed }}</p>', words), '<p>Save</p>');
    assert.equal(said('<input value="{{ STR("Save") }}" title="{{ STR("Save") }}">', words),
        '<input value="Save" title="Sichern">');
});
