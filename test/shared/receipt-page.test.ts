// The page of a receipt opens anywhere, asks nobody anything, and shows what a person named as text, whatever it looks like.
import { expect, test } from 'vitest';
import { receiptText, type ReceiptDocument } from '#shared/receipt-document';
import { receiptPage } from '#shared/receipt-page';

const HOSTILE = `<img src="http://evil.example/x.png" onerror='alert(1)'></style><script>alert(2)</script>&amp;`;

const receipt: ReceiptDocument = {
  title: `Receipt: ${HOSTILE}`,
  lead: HOSTILE,
  statement: { title: 'Identical to one batch of 256', isSame: true, sentences: [HOSTILE] },
  parts: [{ title: HOSTILE, facts: [[HOSTILE, HOSTILE]] }],
  events: [{ at: HOSTILE, message: HOSTILE }],
};

test('nothing that was named becomes markup', () => {
  const page = receiptPage(receipt, JSON.stringify({ name: HOSTILE }));
  const plain = receiptPage(
    {
      title: '',
      lead: '',
      statement: { title: '', isSame: true, sentences: [''] },
      parts: [{ title: '', facts: [['', '']] }],
      events: [{ at: '', message: '' }],
    },
    '',
  );
  const marks = (of: string): string[] => of.match(/<[^>]*>/g)!;
  expect(marks(page)).toEqual(marks(plain));
  // The control: as they are, the names would be.
  const raw = page.replaceAll('&#60;', '<').replaceAll('&#62;', '>');
  expect(marks(raw).length).toBeGreaterThan(marks(plain).length);
  expect(page).not.toMatch(/<script|<img|<link|@import|url\(/);
  expect(page).toContain(`default-src 'none'`);
});

test('copied as text it says all of it', () => {
  const text = receiptText({
    ...receipt,
    title: 'Receipt: digits',
    lead: 'Completed.',
    parts: [{ title: 'Data', facts: [['Name', 'digits']] }],
    events: [],
  });
  expect(text).toBe(`Receipt: digits\nCompleted.\n\nIdentical to one batch of 256\n${HOSTILE}\n\nData\n  Name: digits`);
});
