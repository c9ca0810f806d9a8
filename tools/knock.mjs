// Plays one who guesses passwords, again and again from a new address, so that a console has something new to show.
//
// Usage: node tools/knock.mjs HOST:PORT [seconds between rounds] [rounds]
import { createSocket } from 'node:dgram';

const [host, port] = process.argv[2].split(':');
const pause = Number(process.argv[3] ?? 15) * 1000;
const rounds = Number(process.argv[4] ?? 40);
const socket = createSocket('udp4');
const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

function stamp(now) {
  const local = new Date(now.getTime() + 8 * 3600_000); // Asia/Shanghai, the zone a source has unless told otherwise
  const two = n => String(n).padStart(2, '0');
  const day = String(local.getUTCDate()).padStart(2, ' ');
  return `${months[local.getUTCMonth()]} ${day} ${two(local.getUTCHours())}:${two(local.getUTCMinutes())}:${two(local.getUTCSeconds())}`;
}

for (let round = 0; round < rounds; round++) {
  const address = `203.0.113.${10 + (round % 50)}`;
  for (let i = 0; i < 25; i++) {
    const line = `<38>${stamp(new Date())} web01 sshd[${4000 + round}]: Failed password for root from ${address} port ${50000 + i} ssh2`;
    socket.send(line, Number(port), host);
    await new Promise(done => setTimeout(done, 10));
  }
  await new Promise(done => setTimeout(done, pause));
}
socket.close();
