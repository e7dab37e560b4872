// form.js - what scripts add to a form: each field is checked by the server when it is left, records that look the same are
// named, a record is found by a few letters, and what was typed outlives a reload, a closed dialog and a session that has ended.
//
// <form data-draft="/leads" data-check="/leads/check">; <input data-pick="/clients">. Drafts stay in this browser, for each
// person apart, until the form is saved; passwords and files are never among them.
import { Options } from './options.js';
import { say } from './say.js';

let tools = null;
const person = () => document.querySelector('meta[name=person]')?.content;
const draft_key = (form) => `draft:${person()}:${form.dataset.draft}`;
const own = ['_csrf', 'complete', 'back', 'was'];
const is_kept = (field) => field.name && !own.includes(field.name) && !field.matches('[type=password], [type=file]');

/* ---- drafts ---- */

function entries(form) {
    return [...form.elements].filter(is_kept).flatMap((field) => {
        if (field.matches('[type=checkbox], [type=radio]')) return [[field.name, field.value, field.checked]];
        if (field.matches('select[multiple]')) return [...field.options].map((o) => [field.name, o.value, o.selected]);
        return [[field.name, field.value]];
    });
}

function keep(form) {
    try {
        localStorage.setItem(draft_key(form), JSON.stringify({ at: Date.now(), fields: entries(form) }));
    } catch { /* full or forbidden: the form works without */ }
}
const forget = (key) => localStorage.removeItem(key);

function fill(form, fields) {
    for (const [name, value, on] of fields) {
        for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
            if (field.matches('[type=checkbox], [type=radio]')) field.checked = field.value === value ? on : field.checked;
            else if (field.matches('select[multiple]')) {
                for (const o of field.options) if (o.value === value) o.selected = on;
            } else if (is_kept(field)) field.value = value;
        }
    }
}

/* What was typed while this script was on its way (load.js) is newer than any draft. */
function offer_draft(form) {
    const touched = [...form.elements].filter((field) => is_kept(field) && field.dataset.touched);
    const typed = new Set(touched.map((field) => field.name));
    let draft = null;
    try {
        draft = JSON.parse(localStorage.getItem(draft_key(form)));
    } catch { /* not ours */ }
    if (typed.size) keep(form);
    const same = JSON.stringify(draft?.fields) === JSON.stringify(entries(form));
    if (!draft || same || form.querySelector('[data-error-summary]')) return;
    const clean = entries(form);
    const [box, words, away] = ['div', 'p', 'button'].map((name) => document.createElement(name));
    fill(form, draft.fields.filter(([name]) => !typed.has(name)));
    if (typed.size) keep(form);
    box.className = 'note-box info';
    box.setAttribute('role', 'status');
    words.textContent = `${say('What you typed before is here again.')} `;
    away.type = 'button';
    away.className = 'linklike';
    away.textContent = say('Start afresh');
    away.addEventListener('click', () => {
        fill(form, clean);
        forget(draft_key(form));
        box.remove();
        form.querySelector('input:not([type=hidden]), select, textarea')?.focus();
    });
    words.append(away);
    box.append(words);
    form.prepend(box);
}

/* ---- each field when it is left ---- */

function tell(field, error) {
    const id = `${field.id}-error`, frame = field.closest('.field');
    let said = document.getElementById(id);
    if (!error) {
        said?.remove();
        field.removeAttribute('aria-invalid');
        if (field.getAttribute('aria-describedby') === id) field.removeAttribute('aria-describedby');
        return;
    }
    if (!said) {
        said = document.createElement('p');
        said.className = 'error';
        said.id = id;
        frame.append(said);
    }
    const icon = document.createElement('i');
    icon.className = 'i i-alert';
    icon.setAttribute('aria-hidden', 'true');
    said.replaceChildren(icon, error);
    field.setAttribute('aria-invalid', 'true');
    field.setAttribute('aria-describedby', id);
}

function name_similar(field, similar) {
    const frame = field.closest('.field');
    frame.querySelector('.similar')?.remove();
    if (!similar.length) return;
    const line = document.createElement('p');
    line.className = 'hint similar';
    line.setAttribute('role', 'status');
    line.append(say('There already is'), ' ');
    similar.forEach((record, i) => {
        const link = document.createElement('a');
        link.href = record.href;
        link.target = '_blank';
        link.textContent = record.title;
        line.append(i ? ', ' : '', link, record.sub ? ` (${record.sub})` : '');
    });
    frame.append(line);
}

async function check(field) {
    const { form } = field, body = new URLSearchParams({ of: field.name, [field.name]: field.value });
    const id = /\/(\d+)$/.exec(form.getAttribute('action'))?.[1];
    if (id) body.set('id', id);
    const headers = { 'X-CSRF-Token': tools.csrf_token(), Accept: 'application/json' };
    try {
        const answer = await fetch(form.dataset.check, { method: 'POST', body, headers });
        const { error, similar } = await answer.json();
        if (!answer.ok || !field.isConnected || field.value !== body.get(field.name)) return;
        tell(field, error);
        name_similar(field, similar);
    } catch { /* it is checked again when it is sent */ }
}

/* ---- a record by a few letters ---- */

class Picker {
    constructor(input) {
        this.input = input;
        this.name = input.name;
        this.chosen = document.createElement('input');
        this.chosen.type = 'hidden';
        input.role = 'combobox';
        this.options = new Options(input, input.labels[0]?.textContent.trim() ?? say('Records'), (item) => this.choose(item));
        this.options.list.after(this.chosen);
        input.autocomplete = 'off';
        input.addEventListener('input', () => {
            this.take(null);
            this.find();
        });
    }

    /* The chosen record's id is sent; without one, what was typed. */
    take(id) {
        this.chosen.name = id ? this.name : '';
        this.chosen.value = id ?? '';
        this.input.name = id ? '' : this.name;
        this.input.dataset.name = this.name;
    }

    async find() {
        const asked = this.input.value.trim();
        if (!asked) {
            this.options.show([]);
            return;
        }
        try {
            const url = `${this.input.dataset.pick}/pick?q=${encodeURIComponent(asked)}`;
            const answer = await fetch(url, { headers: { Accept: 'application/json' } });
            const { options, create, title } = await answer.json();
            if (asked !== this.input.value.trim() || document.activeElement !== this.input) return;
            this.title = title;
            const known = options.some((o) => o.title.toLowerCase() === asked.toLowerCase());
            this.options.show(options, create && !known ? asked : null);
        } catch {
            this.options.show([]);
        }
    }

    async choose(item) {
        if (item.dataset.id) {
            this.input.value = item.dataset.title;
            this.take(item.dataset.id);
        } else await this.create(item.dataset.create);
        this.input.form.dispatchEvent(new Event('input'));
    }

    async create(title) {
        const headers = { 'X-CSRF-Token': tools.csrf_token(), 'Content-Type': 'application/json', Accept: 'application/json' };
        try {
            const body = JSON.stringify({ [this.title]: title });
            const answer = await fetch(`/api/v1${this.input.dataset.pick}`, { method: 'POST', body, headers });
            const made = await answer.json();
            if (!answer.ok) throw new Error(made.errors?.[0]?.message ?? made.detail);
            if (this.input.value.trim() === title) this.take(String(made.id ?? made.data.id));
            tools.toast(say('Created {title}.', { title }));
        } catch (error) {
            tools.toast(say('Not created: {reason}', { reason: error.message }), { bad: true });
        }
    }
}

/* ---- all forms of the page ---- */

const armed = new WeakSet();
function arm() {
    for (const form of document.querySelectorAll('form[data-draft]')) {
        if (armed.has(form)) continue;
        armed.add(form);
        offer_draft(form);
    }
    for (const input of document.querySelectorAll('input[data-pick]:not([role=combobox])')) new Picker(input);
}

let timer = 0;
let sent = null; // the draft of the form that is on its way: by its answer the form may have become another one
let waiting = null; // the form whose draft is about to be kept
function flush() {
    clearTimeout(timer);
    if (waiting) keep(waiting);
    waiting = null;
}

export function start(given) {
    tools = given;
    document.addEventListener('input', (event) => {
        const form = event.target.closest?.('form[data-draft]');
        if (!form) return;
        waiting = form;
        clearTimeout(timer);
        timer = setTimeout(flush, 250);
    }, true);
    document.addEventListener('focusout', (event) => {
        const field = event.target;
        const unchecked = '[type=password], [type=file], [type=checkbox], [type=radio]';
        if (field.form?.dataset.check && field.dataset.touched && field.name && !field.matches(unchecked)) check(field);
    });
    document.addEventListener('submit', (event) => {
        flush();
        sent = event.target.matches('form[data-draft]') ? draft_key(event.target) : null;
    }, true);
    document.addEventListener('tenon:saved', (event) => {
        waiting = null;
        forget(draft_key(event.detail));
    });
    document.addEventListener('htmx:after:swap', (event) => {
        const { response } = event.detail.ctx;
        if (sent && response?.status < 400 && new URL(response.raw?.url || location.href).pathname !== '/login') {
            waiting = null;
            forget(sent);
        }
        sent = null;
        arm();
    });
    document.addEventListener('tenon:shown', arm);
    window.addEventListener('pagehide', flush);
    arm();
}
