// raw.mjs - bytes on a socket, for what no proper client sends.
import net from 'node:net';

export const portOf = (tenon) => Number(new URL(tenon.url).port);

// Sends the text (or its pieces, `pause` milliseconds apart) and reads until the server closes or `wait` milliseconds passed.
// Returns { text, statuses, closed, ms }; `error` names what broke the connection.
export function exchange(tenon, pieces, { wait = 15_000, pause = 0 } = {}) {
    return new Promise((done) => {
        const started = performance.now();
        const result = { text: '', statuses: [], closed: false, error: null };
        const socket = net.connect(portOf(tenon), '127.0.0.1');
        const finish = () => {
            clearTimeout(timer);
            socket.destroy();
            result.ms = performance.now() - started;
            result.statuses = [...result.text.matchAll(/HTTP\/1\.[01] (\d{3}) [A-Z]/g)].map((m) => Number(m[1]));
            done(result);
        };
        const timer = setTimeout(finish, wait);
        socket.setNoDelay(true);
        socket.on('connect', async () => {
            for (const piece of [pieces].flat()) {
                if (socket.destroyed || socket.closed) return;
                socket.write(Buffer.from(piece, 'latin1'));
                if (pause) await new Promise((next) => setTimeout(next, pause));
            }
        });
        socket.on('data', (bytes) => { result.text += bytes.toString('latin1'); });
        socket.on('error', (error) => { result.error = error.code; });
        socket.on('close', () => { result.closed = true; finish(); });
    });
}

// Opens n connections that say nothing (or `text`); close() ends them. `ended` counts those that the server ended.
export async function crowd(tenon, n, text = '') {
    const all = { sockets: [], ended: 0, close() { for (const s of this.sockets) s.destroy(); } };
    await Promise.all(Array.from({ length: n }, () => new Promise((done) => {
        const socket = net.connect(portOf(tenon), '127.0.0.1');
        all.sockets.push(socket);
        socket.on('connect', () => { if (text) socket.write(text); done(); });
        socket.on('data', () => {});
        socket.on('error', done);
        socket.on('close', () => { all.ended++; });
    })));
    return all;
}
