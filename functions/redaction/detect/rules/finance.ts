import { ibanIn, isBech32, isCardNumber, isIban } from '../checks/finance.ts';
import { passesLuhn } from '../checks/weighted.ts';
import { auto, close, cue, open, pattern, review, type Rule } from '../rule.ts';

const cardCue = cue(60, 'card', 'visa', 'mastercard', 'amex', 'debit', 'credit', 'maestro', 'pan', 'card number');
const cryptoCue = cue(80, 'bitcoin', 'btc', 'wallet', 'crypto', 'cryptocurrency', 'ethereum', 'litecoin', 'address');

export const finance: readonly Rule[] = [
  {
    id: 'finance.card', type: 'CARD', name: 'Payment card number', source: 'sourced: ISO/IEC 7812 Luhn and issuer ranges',
    pattern: pattern(
      open, String.raw`(?:\d{4}([ .\-\n]{1,2})\d{4}\1\d{4}\1\d{4}|\d{4}[ .\-\n]{1,2}\d{6}[ .\-\n]{1,2}\d{4,5}|\d{12,19})`, close),
    check: isCardNumber, before: cardCue, after: cue(20, 'card'), unless: cue(25, 'imei', 'iccid', 'sim'), cued: auto(0.99), bare: auto(0.96),
  },
  {
    id: 'finance.card-long', type: 'CARD', name: 'Payment card number of more than sixteen digits, or unevenly spaced', source: 'sourced: ISO/IEC 7812 Luhn and issuer ranges',
    pattern: pattern(open, String.raw`\d(?:[ -]?\d){12,18}`, close),
    check: isCardNumber, before: cardCue, unless: cue(25, 'imei', 'iccid', 'sim', 'iban'), cued: auto(0.95), bare: review(0.5),
  },
  {
    id: 'finance.card-cued', type: 'CARD', name: 'Any number that passes Luhn beside a word for card', source: 'sourced: ISO/IEC 7812 Luhn; issuer ranges change, the word decides',
    pattern: pattern(open, String.raw`(?:\d{12,19}|\d{4}([ -])\d{4}\1\d{4}\1\d{4})`, close), check: passesLuhn, before: cue(40, 'card', 'card no', 'card number', 'cc', 'visa', 'mastercard'),
    unless: cue(25, 'imei', 'iccid', 'sim'), cued: auto(0.95), bare: null,
  },
  {
    id: 'finance.sort-code', type: 'SORT_CODE', name: 'Bank sort code', source: 'domain knowledge: the Vocalink weight table is not shipped, so context decides',
    pattern: pattern(open, String.raw`\d{2}([ -]?)\d{2}\1\d{2}`, close), before: cue(40, 'sort code', 'sort', 'sortcode', 's/c', 'sc'), cued: auto(0.95), bare: null,
  },
  {
    id: 'finance.account', type: 'BANK_ACCOUNT', name: 'Bank account number', source: 'domain knowledge',
    pattern: pattern(open, String.raw`(?<!\d[ -])\d{4}[ -]?\d{3,4}(?![ -]\d)`, close), before: cue(50, 'account', 'account no', 'account number', 'acc', 'acct', 'a/c', 'acc no'), cued: auto(0.9), bare: null,
  },
  {
    id: 'finance.sort-code-and-account', type: 'BANK_ACCOUNT', name: 'Sort code followed by its account', source: 'domain knowledge',
    pattern: pattern(open, String.raw`\d{2}[ -]\d{2}[ -]\d{2}[ ,/]{1,3}\d{8}`, close), cued: null, bare: auto(0.9),
  },
  {
    id: 'finance.account-long', type: 'BANK_ACCOUNT', name: 'Bank account number of another state', source: 'domain knowledge',
    pattern: pattern(open, String.raw`\d{9,18}`, close), before: cue(40, 'account no', 'account number', 'acct no', 'bank account', 'a/c no'), cued: auto(0.7), bare: null,
  },
  {
    id: 'finance.iban', type: 'IBAN', name: 'International bank account number', source: 'sourced: ISO 13616, modulus 97, SWIFT country lengths',
    pattern: pattern(open, String.raw`[A-Za-z]{2}\d{2}(?:[ \-\n]?[A-Za-z\d]){11,31}`),
    refine: ibanIn, check: isIban, before: cue(40, 'iban'), cued: auto(0.99), bare: auto(0.98), failed: review(0.5),
  },
  {
    id: 'finance.bitcoin-segwit', type: 'CRYPTO_WALLET', name: 'Bitcoin address (bech32)', source: 'sourced: BIP 173 and BIP 350 checksum',
    pattern: pattern(open, String.raw`(?:bc1|BC1)[a-zA-Z\d]{11,71}`, close), check: isBech32, before: cryptoCue, cued: auto(0.99), bare: auto(0.98), failed: review(0.5),
  },
  {
    id: 'finance.bitcoin', type: 'CRYPTO_WALLET', name: 'Bitcoin address (base58)', source: 'sourced: base58 alphabet; its SHA-256 checksum is not computed here',
    pattern: pattern(open, String.raw`[13][a-km-zA-HJ-NP-Z1-9]{25,34}`, close), refine: mixed, before: cryptoCue, cued: auto(0.95), bare: review(0.6),
  },
  {
    id: 'finance.ethereum', type: 'CRYPTO_WALLET', name: 'Ethereum address', source: 'sourced: 20 bytes of hexadecimal',
    pattern: pattern(open, String.raw`0x[\da-fA-F]{40}`, close), cued: null, bare: auto(0.97),
  },
];

/** Base58 of random bytes has both cases and digits; a word or number does not. */
function mixed(value: string): string | null {
  return /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d.*\d/.test(value) ? value : null;
}
