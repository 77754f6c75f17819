import { MalformedDer } from './malformed-der.ts';
import { tags } from './tags.ts';

/**
 * UTCTime `YYMMDDHHMMSSZ` or GeneralizedTime `YYYYMMDDHHMMSSZ`: seconds always, Z always, no fractions (RFC 5280, section
 * 4.1.2.5). Two digits are the years 1950 to 2049. Either form is read for any year, since verifiers have to.
 */
export function time(tag: number, content: Uint8Array): Date {
  return new Date(timeIn(content, tag, 0, content.length));
}

const daysOfMonths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The same of `bytes` from `start` to `end`, in milliseconds since 1970; makes no object. */
export function timeIn(bytes: Uint8Array, tag: number, start: number, end: number): number {
  const yearDigits = tag === tags.utcTime ? 2 : 4;
  const isForm = tag === tags.utcTime || tag === tags.generalizedTime;
  if (!isForm || end - start !== yearDigits + 11 || bytes[end - 1] !== 0x5a)
    throw new MalformedDer('bad-time');
  let year = pair(bytes, start);
  if (yearDigits === 4) year = year * 100 + pair(bytes, start + 2);
  else year += year < 50 ? 2000 : 1900;
  const rest = start + yearDigits;
  const month = pair(bytes, rest);
  const day = pair(bytes, rest + 2);
  const hour = pair(bytes, rest + 4);
  const minute = pair(bytes, rest + 6);
  const second = pair(bytes, rest + 8);
  if (day < 1 || day > daysIn(year, month) || hour > 23 || minute > 59 || second > 59) {
    throw new MalformedDer('bad-time');
  }
  const milliseconds = Date.UTC(year, month - 1, day, hour, minute, second);
  // Date.UTC takes the years 0 to 99 for 1900 to 1999.
  return year < 100 ? new Date(milliseconds).setUTCFullYear(year, month - 1, day) : milliseconds;
}

/** A number of two digits. */
function pair(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] ?? 0) - 0x30;
  const ones = (bytes[at + 1] ?? 0) - 0x30;
  if (tens < 0 || tens > 9 || ones < 0 || ones > 9) throw new MalformedDer('bad-time');
  return tens * 10 + ones;
}

/** 0 for what is no month. */
function daysIn(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeap ? 29 : (daysOfMonths[month - 1] ?? 0);
}
