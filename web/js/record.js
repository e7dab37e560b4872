// record.js - a record's page: fields changed where they stand, files by drop or paste, the list that one came from.
//
// <a data-edit="NAME" href="/leads/12/edit?field=NAME"> becomes that page's form. It is painted as saved at once, then sent; what
// the server refuses comes back into its place, with what somebody else wrote meanwhile where that is the reason.
import { arm_mentions } from './mention.js';
import { remember_record } from './recent.js';
import { say } from './say.js';

let tools = null;
const place = (name) => document.querySelector(`#main a[data-edit="${CSS.escape(name)}"]`);

function form_of(html) {
    return new DOMParser().parseFromString(html, 'text/html').querySelector('form[data-field]');
}

/* The text that the field will show, near enough until the server has answered. */
function typed_text(form) {
    const field = form.querySelector(`[name="${CSS.escape(form.dataset.field)}"]`);
    if (field?.matches('select')) return field.selectedOptions[0]?.textContent ?? '';
    if (field?.type === 'checkbox') return field.checked ? say('Yes') : say('No');
    return field?.value ?? '';
}

const nowhere = () => document.activeElement === document.body;

/* Who went elsewhere meanwhile stays there. */
function put(form, cell, old, focus = true) {
    form.setAttribute('hx-boost', 'false');
    form.addEventListener('submit', (event) => {
        event.preventDefault();
        save(form, cell, old);
    });
    form.addEventListener('keydown', (event) => {
        if (event.key === 'Escape') close(form, cell, old);
        else if (event.key === 'Enter' && event.target.matches('select')) form.requestSubmit(); // elsewhere it does by itself
        else return;
        event.preventDefault();
        event.stopPropagation();
    });
    form.querySelector('[data-cancel]')?.addEventListener('click', (event) => {
        event.preventDefault();
        close(form, cell, old);
        if (form.querySelector('.warn')) refresh(form.dataset.field); // keeps theirs: show it
    });
    cell.replaceChildren(form);
    if (!focus) return;
    form.lastElementChild.scrollIntoView({ block: 'nearest' });
    const field = form.querySelector('input:not([type=hidden]), select, textarea');
    field?.focus();
    field?.select?.();
}

function close(form, cell, old) {
    cell.replaceChildren(...old);
    cell.querySelector('a[data-edit]')?.focus();
}

/* The page anew, unless somebody is in the middle of another field. */
async function refresh(name) {
    if (!document.querySelector('#main form[data-field]'))
        await tools.htmx.ajax('GET', location.href, { target: '#main', select: '#main', swap: 'outerMorph' });
    const link = place(name);
    if (nowhere() || link?.contains(document.activeElement)) link?.focus();
}

/* A field that somebody has begun to change is not swept away by what was asked for before. */
function spare(event) {
    if (event.detail.ctx.target?.id === 'main' && document.querySelector('#main form[data-field]')) event.preventDefault();
}

async function save(form, cell, old) {
    const name = form.dataset.field, body = new URLSearchParams(new FormData(form)), shown = document.createElement('span');
    shown.className = 'ro';
    shown.textContent = typed_text(form);
    shown.setAttribute('aria-busy', 'true');
    cell.replaceChildren(shown);
    try {
        const answer = await fetch(form.action, { method: 'POST', body, headers: { Accept: 'text/html' } });
        if (answer.ok) {
            const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
            const now = fresh.querySelector(`#main a[data-edit="${CSS.escape(name)}"]`)?.closest('dd');
            cell.replaceChildren(...(now ? now.childNodes : old));
            if (nowhere()) cell.querySelector('a[data-edit]')?.focus();
            await refresh(name);
            return;
        }
        const again = form_of(await answer.text());
        if (!again) throw new Error(`${answer.status}`);
        put(again, cell, old, nowhere());
    } catch {
        cell.replaceChildren(...old);
        tools.toast(say('Not saved. The old value is back.'), { bad: true, again: () => save(form, cell, old) });
    }
}

async function edit(link) {
    const from = location.pathname;
    let cell = link.closest('dd');
    cell.setAttribute('aria-busy', 'true');
    try {
        const answer = await fetch(link.href, { headers: { Accept: 'text/html' } });
        const form = answer.ok && form_of(await answer.text());
        if (from !== location.pathname || document.querySelector(`#main form[data-field="${link.dataset.edit}"]`)) return;
        cell = place(link.dataset.edit)?.closest('dd'); // the page may have been made new meanwhile
        if (!form || !cell) throw new Error(`${answer.status}`);
        put(form, cell, [...cell.childNodes]);
    } catch {
        location.assign(link.href);
    } finally {
        cell?.removeAttribute('aria-busy');
    }
}

/* ---- files ---- */

/* One file on its way; fetch cannot tell how far it is. */
function send(body, progress) {
    return new Promise((done, fail) => {
        const ask = new XMLHttpRequest();
        ask.open('POST', '/api/v1/files');
        ask.setRequestHeader('Accept', 'application/json');
        ask.setRequestHeader('X-CSRF-Token', tools.csrf_token());
        ask.responseType = 'json';
        ask.upload.addEventListener('progress', (event) => { if (event.lengthComputable) progress(event.loaded / event.total); });
        ask.addEventListener('load', () => {
            if (ask.status === 201) done();
            else fail(new Error(ask.response?.detail ?? `${ask.status}`));
        });
        ask.addEventListener('error', () => fail(new Error(say('The server was not reached.'))));
        ask.send(body);
    });
}

async function upload(files) {
    const place = document.querySelector('#main [data-upload]');
    if (!place || !files.length) return;
    const bar = place.querySelector('progress');
    const all = files.reduce((sum, file) => sum + file.size, 0) || 1;
    let sent = 0;
    place.setAttribute('aria-busy', 'true');
    bar.hidden = false;
    try {
        for (const file of files) {
            const body = new FormData();
            body.append('subject_type', place.dataset.upload);
            body.append('subject_id', place.dataset.subject);
            body.append('file', file, file.name || 'pasted.png');
            await send(body, (part) => { bar.value = (sent + part * file.size) / all; });
            sent += file.size;
        }
        await tools.htmx.ajax('GET', location.href, { target: '#main', select: '#main', swap: 'outerMorph' });
        tools.toast(files.length === 1 ? say('Added {name}.', { name: files[0].name })
            : say('Added {count} files.', { count: files.length }));
    } catch (error) {
        tools.toast(say('Not added: {reason}', { reason: error.message }), { bad: true, again: () => upload(files) });
    } finally {
        place.removeAttribute('aria-busy');
        bar.hidden = true;
        bar.value = 0;
        place.removeAttribute('data-over');
    }
}

function carries_files(event) {
    return [...(event.dataTransfer?.types ?? [])].includes('Files') && document.querySelector('#main [data-upload]');
}

/* ---- the list that one came from stays in the address ---- */

function keep_list() {
    const here = document.querySelector('#main .rec-nav')?.dataset.here;
    const url = new URL(location.href);
    if (!here || url.searchParams.has('list')) return;
    url.searchParams.set('list', new URL(here, url).searchParams.get('list'));
    history.replaceState(history.state, '', url);
}

/* Where the browser does not do it itself, the path starts with the step that the record is at. */
function show_step() {
    if (CSS.supports('scroll-initial-target: nearest')) return;
    const step = document.querySelector('#main .path [aria-current=step]');
    if (step) step.parentElement.scrollLeft = step.offsetLeft - step.parentElement.offsetLeft;
}

function shown() {
    show_step();
    remember_record();
    keep_list();
    arm_mentions();
}

export function start(given) {
    tools = given;
    document.addEventListener('click', (event) => {
        const link = event.target.closest('#main a[data-edit]');
        if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        edit(link);
    }, true);
    const over = (on) => document.querySelector('#main [data-upload]')?.toggleAttribute('data-over', on);
    document.addEventListener('dragover', (event) => {
        if (!carries_files(event)) return;
        event.preventDefault();
        over(true);
    });
    document.addEventListener('dragleave', (event) => { if (!event.relatedTarget) over(false); });
    document.addEventListener('change', (event) => {
        if (!event.target.matches('#main [data-files]')) return;
        upload([...event.target.files]);
        event.target.value = '';
    });
    document.addEventListener('drop', (event) => {
        if (!carries_files(event)) return;
        event.preventDefault();
        upload([...event.dataTransfer.files]);
    });
    document.addEventListener('paste', (event) => {
        const files = [...(event.clipboardData?.files ?? [])];
        if (!files.length || !document.querySelector('#main [data-upload]')) return;
        event.preventDefault();
        upload(files);
    });
    document.addEventListener('htmx:before:swap', spare);
    document.addEventListener('htmx:after:swap', shown);
    shown();
}
