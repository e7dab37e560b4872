// machine.mjs - measured times without what the machine took of them: the turns of others on its processors, and its slowness.
//
//   const elapsed = stopwatch();
//   ...a server starts and answers...
//   elapsed(tenon.server.pid)          // milliseconds without those in which it or we were ready and had no processor
//   processor(tenon.server.pid)        // milliseconds of the processors that it took so far
//   limit * Math.max(1, slowness())    // what may be asked of a machine that is as slow as this one is now
import { existsSync, readFileSync, readdirSync } from 'node:fs';

const USUAL_MS = 15; // of the work below on the machine that the tests' limits are of, when nobody else works there

// How long a process or thread ran, and how long it stood ready and others ran; in milliseconds.
// A kernel that does not keep the second is taken at the time that passed.
function schedule(of) {
    if (existsSync(`/proc/${of}/schedstat`))
        return readFileSync(`/proc/${of}/schedstat`, 'utf8').split(' ').slice(0, 2).map((ns) => Number(ns) / 1e6);
    const ticks = readFileSync(`/proc/${of}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
    return [(Number(ticks[11]) + Number(ticks[12])) * 10, 0];
}
const waited = (pid = 'self') => schedule(pid)[1];

// Of all threads that are there.
export const processor = (pid) =>
    readdirSync(`/proc/${pid}/task`).reduce((sum, task) => sum + schedule(`${pid}/task/${task}`)[0], 0);

// Starts now. The first pids are those of processes that are there, the later ones those of processes that began since.
export function stopwatch(...here) {
    const all = (pids) => pids.reduce((sum, pid) => sum + waited(pid), 0);
    const from = performance.now();
    const before = all(['self', ...here]);
    return (...begun) => performance.now() - from - (all(['self', ...here, ...begun]) - before);
}

// What a program does: arithmetic, and memory that is new to it.
function work() {
    const room = Buffer.allocUnsafeSlow(4 << 20);
    for (let at = 0; at < room.length; at += 4096) room[at] = at >> 12;
    let sum = 0;
    for (let i = 0; i < 2_000_000; i++) sum = (sum * 31 + room[(i * 4099) & (room.length - 1)]) | 0;
    return sum;
}

// How many times as long a fixed piece of work takes now: the best of three.
export function slowness() {
    let best = Infinity;
    for (let i = 0; i < 3; i++) {
        const elapsed = stopwatch();
        work();
        best = Math.min(best, elapsed());
    }
    return best / USUAL_MS;
}
