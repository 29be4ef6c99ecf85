import { connect } from 'node:net';

const HEAD_END = Buffer.from('\r\n\r\n');
const LENGTH = Buffer.from('Content-Length: ');
const CLOSES = Buffer.from('Connection: close');
/** What arrives on any connection stands here until it has been looked at. */
const ARRIVED = Buffer.allocUnsafeSlow(64 * 1024);

/** Bytes of the whole answer that begins here; 0 while its head is not whole. */
const lengthOf = (bytes, end) => {
  const head = bytes.indexOf(HEAD_END);
  if (head < 0 || head >= end) return 0;
  const at = bytes.indexOf(LENGTH) + LENGTH.length;
  return head + 4 + Number(bytes.latin1Slice(at, bytes.indexOf(13, at)));
};

const isLast = (bytes, length) => {
  const at = bytes.indexOf(CLOSES);
  return at > 0 && at < length;
};

/**
 * A keep-alive connection that sends one request at a time, with as little work as can be done in Node: no parser, no
 * streams of what is read.
 *
 * @param {{ host: string, port: number }} at
 * @param {(line: object, status: number) => void} answered status 0 when it broke
 */
export const openLine = ({ host, port }, answered) => {
  let rest;
  let isOpen = true;
  const line = { isOpen: () => isOpen, send: (bytes) => socket.write(bytes), end: () => socket.destroy() };

  const take = (bytes, end) => {
    const length = lengthOf(bytes, end);
    if (length === 0 || end < length) {
      rest = Buffer.from(bytes.subarray(0, end));
      return;
    }
    rest = undefined;
    const status = Number(bytes.latin1Slice(9, 12));
    if (status !== 200 && isLast(bytes, length)) isOpen = false;
    answered(line, status);
    if (!isOpen) socket.destroy();
  };
  const onread = (count, bytes) => {
    if (rest === undefined) {
      take(bytes, count);
      return true;
    }
    const joined = Buffer.concat([rest, bytes.subarray(0, count)]);
    take(joined, joined.length);
    return true;
  };

  const socket = connect({
    host,
    port,
    noDelay: true,
    onread: { buffer: ARRIVED, callback: onread },
  });
  socket.on('error', (error) => {
    line.error = error.code;
  });
  socket.on('close', () => {
    const was = isOpen;
    isOpen = false;
    if (was) answered(line, 0);
  });
  return line;
};
