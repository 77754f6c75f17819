import { MalformedDer } from './malformed-der.ts';
import { tags } from './tags.ts';

/**
 * UTCTime `YYMMDDHHMMSSZ` or GeneralizedTime `YYYYMMDDHHMMSSZ`: seconds always, Z always, no fractions (RFC 5280, section
 * 4.1.2.5). Two digits are the years 1950 to 2049. Either form is read for any year, since verifiers have to.
 */
export function time(tag: number, content: Uint8Array): Date {
  const form =
    tag === tags.utcTime
      ? /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/
      : /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/;
  if ((tag !== tags.utcTime && tag !== tags.generalizedTime) || content.length > 15) {
    throw new MalformedDer('bad-time');
  }
  const match = form.exec(Buffer.from(content).toString('latin1'));
  if (!match) throw new MalformedDer('bad-time');
  const [written = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  const year = tag === tags.utcTime ? written + (written < 50 ? 2000 : 1900) : written;
  // setUTCFullYear, since Date.UTC takes the years 0 to 99 for 1900 to 1999.
  const date = new Date(Date.UTC(2000, month - 1, day, hour, minute, second));
  date.setUTCFullYear(year, month - 1, day);
  const isReal =
    date.getUTCFullYear() === year &&
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    hour < 24 &&
    minute < 60 &&
    second < 60;
  if (!isReal) throw new MalformedDer('bad-time');
  return date;
}
