import { describe, expect, test } from '@jest/globals';
import { readCursor, writeCursor } from './cursor.ts';

const written = (text: string) => Buffer.from(text).toString('base64url');

describe('a cursor', () => {
  test.each(['1', 'C-1', '018f:with:colons', 'čeština'])('comes back as written: %s', (key) => {
    expect(readCursor('customer', writeCursor('customer', key))).toBe(key);
  });

  test.each([
    ['of another list', writeCursor('decision', '1')],
    ['of another spelling', `${writeCursor('customer', '1')}=`],
    ['with stray bits', 'Y3VzdG9tZXI6MR'],
    ['that is no base64', '####'],
    ['that is empty', ''],
    ['with a control character', written('customer:\u0000')],
    ['of bytes that are no text', Buffer.from('customer:\xff', 'latin1').toString('base64url')],
    ['longer than any key', written(`customer:${'x'.repeat(129)}`)],
  ])('%s is none', (_what, cursor) => {
    expect(readCursor('customer', cursor)).toBeUndefined();
  });
});
