// dialog.js - a page in a dialog. <a href="/leads/new" data-dialog> opens that page's form over the work; without scripts, or
// with a modifier key, it is a page of its own. What it sends is answered like any page; 422 comes back into the dialog, and so
// does an answer that asks for more. <button data-dialog> of a form (load.js) shows the answer to that form in the same way.
import { say } from './say.js';
let tools = null;

const region = () => document.getElementById('dialogs');

/* Under its opener, as a menu is. */
function place(dialog, opener) {
    const at = opener?.getBoundingClientRect();
    if (!at || innerWidth <= 640) return;
    dialog.style.setProperty('--top', `${at.bottom + 4}px`);
    dialog.style.setProperty('--right', `${Math.max(8, document.documentElement.clientWidth - at.right)}px`);
}

/* The page's <form data-in-dialog> with its heading becomes a dialog, a sheet, or a menu at its opener. */
export function show_dialog(html, opener) {
    const page = new DOMParser().parseFromString(html, 'text/html');
    const form = page.querySelector('[data-in-dialog]');
    if (!form || !region()) return false;
    const title = page.querySelector('h1')?.textContent ?? page.title;
    const dialog = document.createElement('dialog');
    dialog.className = { sheet: 'dialog sheet', menu: 'dialog at' }[form.dataset.inDialog] ?? 'dialog';
    dialog.setAttribute('aria-label', title);
    const head = document.createElement('header');
    head.setAttribute('role', 'none'); // in a dialog it would be a second banner of the page
    const heading = document.createElement('h2');
    heading.textContent = title;
    const close = document.createElement('button');
    close.type = 'button';
    close.className = 'icon-btn sm';
    close.setAttribute('aria-label', say('Close'));
    close.innerHTML = '<i class="i i-x" aria-hidden="true"></i>';
    close.addEventListener('click', () => dialog.close());
    head.append(heading, close);
    form.dataset.own = form.getAttribute('hx-boost') ?? '';
    form.setAttribute('hx-boost', 'false');
    dialog.append(head, form);
    dialog.addEventListener('close', () => { dialog.remove(); opener?.focus(); });
    for (const cancel of form.querySelectorAll('[data-cancel]')) {
        cancel.addEventListener('click', (event) => { event.preventDefault(); dialog.close(); });
    }
    if (form.matches('form')) form.addEventListener('submit', (event) => {
        if (form.method === 'get' && form.dataset.own === 'false') { // the browser saves what comes
            setTimeout(() => dialog.close());
            return;
        }
        event.preventDefault();
        send(form, event.submitter, dialog, opener);
    });
    region().replaceChildren(dialog);
    if (dialog.matches('.at')) place(dialog, opener);
    dialog.showModal();
    tools.htmx.process(dialog);
    document.dispatchEvent(new CustomEvent('tenon:shown'));
    const first = form.querySelector('[data-error-summary]') ?? form.querySelector('input:not([type=hidden]), select, textarea');
    (first ?? close).focus();
    return true;
}

/* What was done is in the address, but is no step of the history where the page stays the same. */
function go(href) {
    const next = new URL(href);
    const plain = new URL(next);
    for (const said of ['done', 'undo']) plain.searchParams.delete(said);
    const elsewhere = plain.href !== location.href;
    tools.htmx.ajax('GET', next.href, { target: document.body, swap: 'outerMorph', ...(elsewhere && { push: 'true' }) });
}

async function send(form, submitter, dialog, opener) {
    const data = new FormData(form, submitter);
    if (form.method === 'get') {
        dialog.close();
        go(`${form.action}?${new URLSearchParams(data)}`);
        return;
    }
    form.setAttribute('aria-busy', 'true');
    const body = form.enctype === 'multipart/form-data' ? data : new URLSearchParams(data);
    try {
        const answer = await fetch(submitter?.getAttribute('formaction') ?? form.action, {
            method: 'POST', body, headers: { 'X-CSRF-Token': tools.csrf_token(), Accept: 'text/html' },
        });
        if (!answer.redirected && show_dialog(await answer.text(), opener)) return;
        if (!answer.ok) throw new Error(`${answer.status}`);
        dialog.close();
        const next = answer.redirected ? answer.url : location.href;
        if (new URL(next).pathname !== '/login') document.dispatchEvent(new CustomEvent('tenon:saved', { detail: form }));
        go(next);
    } catch {
        document.dispatchEvent(new CustomEvent('htmx:error'));
    } finally {
        form.removeAttribute('aria-busy');
    }
}

let coming = null; // the one that was asked for last

/* Opens the page at `url` over the work; `opener` gets the focus back. Of several that are on their way the last one is meant. */
export async function open_dialog(url, opener) {
    if (coming?.url === url) return;
    const mine = { url, from: location.pathname };
    coming = mine;
    try {
        const answer = await fetch(url, { headers: { Accept: 'text/html' } });
        const html = await answer.text();
        if (coming !== mine || mine.from !== location.pathname) return;
        if (answer.ok && show_dialog(html, opener)) return;
    } catch { /* the page itself will say what is wrong */
    } finally {
        if (coming === mine) coming = null;
    }
    location.assign(url);
}

export function start(given) { tools = given; }
