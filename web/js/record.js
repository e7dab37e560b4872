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

function put(form, cell, old) {
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
    if (document.activeElement === document.body || link?.contains(document.activeElement)) link?.focus();
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
            cell.querySelector('a[data-edit]')?.focus();
            await refresh(name);
            return;
        }
        const again = form_of(await answer.text());
        if (!again) throw new Error(`${answer.status}`);
        put(again, cell, old);
    } catch {
        cell.replaceChildren(...old);
        tools.toast(say('Not saved. The old value is back.'), { bad: true, again: () => save(form, cell, old) });
    }
}

async function edit(link) {
    const cell = link.closest('dd'), old = [...cell.childNodes];
    cell.setAttribute('aria-busy', 'true');
    try {
        const answer = await fetch(link.href, { headers: { Accept: 'text/html' } });
        const form = answer.ok && form_of(await answer.text());
        if (!form) throw new Error(`${answer.status}`);
        put(form, cell, old);
    } catch {
        location.assign(link.href);
    } finally {
        cell.removeAttribute('aria-busy');
    }
}

/* ---- files ---- */

async function upload(files) {
    const composer = document.querySelector('#main [data-upload]');
    if (!composer || !files.length) return;
    composer.setAttribute('aria-busy', 'true');
    try {
        for (const file of files) {
            const body = new FormData();
            body.append('_csrf', tools.csrf_token());
            body.append('subject_type', composer.dataset.upload);
            body.append('subject_id', composer.dataset.subject);
            body.append('file', file, file.name || 'pasted.png');
            const headers = { Accept: 'application/json', 'X-CSRF-Token': tools.csrf_token() };
            const answer = await fetch('/api/v1/files', { method: 'POST', body, headers });
            if (!answer.ok) throw new Error((await answer.json()).detail ?? `${answer.status}`);
        }
        await tools.htmx.ajax('GET', location.href, { target: '#main', select: '#main', swap: 'outerMorph' });
        tools.toast(files.length === 1 ? say('Added {name}.', { name: files[0].name })
            : say('Added {count} files.', { count: files.length }));
    } catch (error) {
        tools.toast(say('Not added: {reason}', { reason: error.message }), { bad: true, again: () => upload(files) });
    } finally {
        composer.removeAttribute('aria-busy');
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

function shown() {
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
    document.addEventListener('dragover', (event) => { if (carries_files(event)) event.preventDefault(); });
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
    document.addEventListener('htmx:after:swap', shown);
    shown();
}
