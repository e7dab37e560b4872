// palette.js - the command palette: records, actions and places by a few letters. The server finds (GET /palette?q=words); what
// was looked at last and what the page itself offers is known here.
//
// Arrows move, Enter opens, Ctrl+Enter opens a tab, Tab goes through the scopes, ">" leaves only commands, Esc closes.
import { recent } from './recent.js';
import { say } from './say.js';

const SCOPES = [['', say('Everything')], ['records', say('Records')], ['actions', say('Actions')], ['help', say('Help')]];
const fold = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
let tools = null;

function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
}
const icon = (name) => element('i', { class: `i i-${name}`, 'aria-hidden': 'true' });

function option({ title, sub, name, href, press }) {
    const made = element(href ? 'a' : 'div', { role: 'option', tabindex: '-1', 'aria-selected': 'false' }, icon(name),
        element('span', { class: 't' }, title));
    if (href) made.href = href;
    if (sub) made.append(element('span', { class: 'sub' }, sub));
    made.append(element('span', { class: 'end' }));
    made.press = press;
    return made;
}

function group(label, kind, options) {
    if (!options.length) return '';
    const heading = element('p', { class: 'h', 'aria-hidden': 'true' }, label);
    return element('div', { role: 'group', 'aria-label': label, 'data-kind': kind }, heading, ...options);
}

const fits = (text, words) => words.every((word) => fold(text).split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(word)));

/* What the page below offers: its own buttons. */
function on_this_page(words) {
    const found = [];
    for (const control of document.querySelectorAll('#main :is(.actions a, :is(.actions, .path) button:not([disabled]))')) {
        let title = (control.getAttribute('aria-label') ?? control.textContent).trim();
        if (control.closest('.path')) title = say('Move to {title}', { title });
        const name = control.querySelector('.i')?.classList[1]?.slice(2) ?? 'right';
        // A menu's own button is named as what it has chosen.
        if (!title || !fits(title, words) || found.some((other) => other.title === title)) continue;
        found.push({ title, name, press: control });
    }
    return found.slice(0, words.length ? 20 : 5);
}

/* <mark> around what was typed, in titles and beside them. */
function mark(list, words) {
    for (const text of list.querySelectorAll('.t, .sub')) {
        const plain = text.textContent, folded = fold(plain);
        if (folded.length !== plain.length) continue;
        const at = words.map((word) => folded.search(new RegExp(`(?<![\\p{L}\\p{N}])${word}`, 'u')));
        const hits = words.map((word, i) => [at[i], at[i] + word.length]).filter(([from]) => from >= 0);
        hits.sort((a, b) => a[0] - b[0]);
        let done = 0;
        const parts = [];
        for (const [from, to] of hits) {
            if (from < done) continue;
            parts.push(plain.slice(done, from), element('mark', {}, plain.slice(from, to)));
            done = to;
        }
        if (parts.length) text.replaceChildren(...parts, plain.slice(done));
    }
}

/* Records first; what stands on the page and in the server's answer is there once. */
function merged(own, found) {
    // By what is written: a template's links are in no page that could make whole addresses of them.
    const links = new Set([...found.querySelectorAll('a')].map((link) => link.getAttribute('href')));
    for (const each of own.querySelectorAll('[role=option]')) if (links.has(each.press?.getAttribute('href'))) each.remove();
    for (const empty of own.querySelectorAll('[role=group]:not(:has([role=option]))')) empty.remove();
    const records = found.querySelector('[data-kind=records]');
    return [...(records ? [records] : []), own, found];
}

class Palette {
    constructor(opener) {
        this.opener = opener;
        this.asked = 0;
        this.scope = '';
        this.input = element('input', {
            type: 'text', role: 'combobox', 'aria-expanded': 'true', 'aria-controls': 'pal-list', 'aria-autocomplete': 'list',
            'aria-label': say('Search or run a command'), placeholder: say('Search or run a command'), autocomplete: 'off',
            spellcheck: 'false', maxlength: '200',
        });
        this.count = element('span', { class: 'xs faint', role: 'status' });
        this.list = element('div',
            { class: 'list', id: 'pal-list', role: 'listbox', 'aria-label': say('Results'), tabindex: '-1' });
        this.none = element('p', { class: 'none', role: 'status' });
        this.scopes = SCOPES.map(([kind, label], i) => element('button',
            { type: 'button', 'aria-pressed': String(i === 0), 'data-scope': kind }, label));
        const hint = (keys, words) => element('span', {}, ...keys.map((key) => element('kbd', {}, key)), words);
        this.dialog = element('dialog', { class: 'palette', id: 'palette', 'aria-label': say('Search and commands') },
            element('div', { class: 'q' }, icon('search'), this.input, this.count, element('kbd', {}, 'Esc')),
            element('div', { class: 'scopes', role: 'group', 'aria-label': say('Limit to') },
                element('div', { class: 'seg' }, ...this.scopes)),
            this.list, this.none,
            element('footer', { class: 'hide-s' }, hint(['↑', '↓'], say('Move')), hint(['Enter'], say('Open it')),
                hint(['Ctrl Enter'], say('New tab')), hint(['>'], say('Commands only'))));
        this.listen();
        document.body.append(this.dialog);
        this.dialog.showModal();
        this.input.focus();
        this.find();
    }

    listen() {
        this.input.addEventListener('input', () => this.find());
        this.dialog.addEventListener('keydown', (event) => this.key(event));
        this.dialog.addEventListener('close', () => {
            this.dialog.remove();
            if (!this.gone) this.opener?.focus();
        });
        this.dialog.addEventListener('click', (event) => {
            const scope = event.target.closest('[data-scope]'), chosen = event.target.closest('[role=option]');
            if (event.target === this.dialog) this.dialog.close(); // beside it
            else if (scope) this.limit(scope);
            else if (chosen && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
                event.preventDefault();
                event.stopPropagation();
                this.open(chosen);
            }
        });
    }

    limit(button) {
        this.scope = button.dataset.scope;
        for (const each of this.scopes) each.setAttribute('aria-pressed', String(each === button));
        this.input.focus();
        this.paint();
    }

    async find() {
        const asked = ++this.asked;
        const typed = this.input.value.replace(/^>/, '').trim();
        this.commands = this.input.value.startsWith('>');
        this.words = fold(typed).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
        this.finding = true;
        this.entered = null;
        this.failed = null;
        this.abort?.abort();
        this.abort = new AbortController();
        const own = this.own(typed);
        try {
            const found = await this.ask(typed);
            if (asked !== this.asked) return;
            this.list.replaceChildren(...merged(own, found));
        } catch (error) {
            if (error.name === 'AbortError') return;
            this.list.replaceChildren(own);
            this.failed = say('No answer from the server.');
        }
        if (this.words.length) mark(this.list, this.words);
        this.finding = false;
        this.paint();
        if (this.entered) this.enter();
    }

    /* What is known here: records looked at last, and what the page offers. */
    own(typed) {
        const own = document.createDocumentFragment(), seen = typed || this.commands ? [] : recent();
        const of_record = ({ title, kind, href }) => option({ title, sub: kind, name: 'history', href });
        own.append(group(say('Recent'), 'records', seen.map(of_record)),
            group(say('On this page'), 'actions', on_this_page(this.words).map(option)));
        return own;
    }

    async ask(typed) {
        const how = { signal: this.abort.signal, headers: { Accept: 'text/html' } };
        const answer = await fetch(`/palette?q=${encodeURIComponent(typed)}`, how);
        if (answer.redirected) location.reload(); // signed out
        if (!answer.ok) throw new Error(`${answer.status}`);
        const found = document.createElement('template');
        found.innerHTML = await answer.text();
        return found.content;
    }

    get options() { return [...this.list.querySelectorAll('[role=option]')].filter((o) => !o.closest('[data-kind][hidden]')); }

    paint() {
        for (const part of this.list.querySelectorAll('[data-kind]')) {
            const kind = part.dataset.kind === 'places' ? 'actions' : part.dataset.kind;
            part.hidden = Boolean(this.scope && kind !== this.scope) || (this.commands && kind === 'records');
        }
        this.options.forEach((each, i) => { each.id = `pal-${i}`; });
        const count = this.options.length;
        this.count.textContent = this.words.length ? count === 1 ? say('1 result') : say('{count} results', { count }) : '';
        this.list.hidden = !this.options.length;
        this.none.textContent = this.options.length ? '' : this.failed ?? say('Nothing found. Try fewer letters.');
        this.choose(0);
    }

    choose(index) {
        const all = this.options;
        for (const each of all) each.setAttribute('aria-selected', 'false');
        this.at = all.length ? (index + all.length) % all.length : 0;
        const chosen = all[this.at];
        chosen?.setAttribute('aria-selected', 'true');
        chosen?.scrollIntoView({ block: 'nearest' });
        if (chosen) this.input.setAttribute('aria-activedescendant', chosen.id);
        else this.input.removeAttribute('aria-activedescendant');
    }

    key(event) {
        const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
        if (step && !event.target.matches('[data-scope]')) {
            const to = this.at + step;
            this.choose(Math.abs(step) === 1 ? to : Math.max(0, Math.min(to, this.options.length - 1)));
        } else if (event.key === 'Enter' && event.target === this.input) {
            this.entered = { tab: event.ctrlKey || event.metaKey };
            if (!this.finding) this.enter();
        } else if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) this.dialog.close();
        else return;
        event.preventDefault();
        event.stopPropagation();
    }

    /* Enter counts for what was typed, though its results may be on their way. */
    enter() {
        const { tab } = this.entered, chosen = this.options[this.at];
        this.entered = null;
        if (chosen) this.open(chosen, tab);
    }

    open(chosen, tab = false) {
        if (tab && chosen.href) {
            window.open(chosen.href, '_blank', 'noopener');
            return;
        }
        this.gone = true;
        this.dialog.close();
        if (chosen.press) chosen.press.click();
        else if ('over' in chosen.dataset) tools.open_dialog(chosen.href, this.opener);
        else tools.htmx.ajax('GET', chosen.href, { target: document.body, swap: 'outerMorph', push: 'true' });
    }
}

export function start(given) { tools = given; }

export function open(opener) {
    if (!document.querySelector('dialog.palette')) new Palette(opener);
}
