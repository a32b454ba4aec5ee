import { hasVinCheckDigit, isCurrentMark, isIccid, isImei, isIpv4, isIpv6 } from '../checks/device.ts';
import { auto, close, cue, open, pattern, review, type Rule } from '../rule.ts';

const vehicleCue = cue(
  60, 'vrm', 'vehicle', 'car', 'van', 'registration', 'reg', 'reg no', 'index', 'number plate', 'plate', 'vw', 'ford', 'bmw', 'audi', 'vauxhall', 'motorcycle', 'moped',
  'mercedes', 'toyota', 'nissan', 'honda', 'kia', 'driving', 'drove', 'lorry', 'truck', 'motorbike', 'scooter', 'anpr', 'corsa', 'fiesta', 'astra', 'golf', 'transit',
);
const vehicleAfter = cue(30, 'vehicle', 'car', 'van', 'ford', 'bmw', 'audi', 'vauxhall', 'vw', 'registration');
const markCue = cue(30, 'vrm', 'registration', 'reg', 'reg no', 'index', 'number plate', 'plate', 'registered');
const handsetCue = cue(40, 'imei', 'handset', 'imei number', 'device');

export const device: readonly Rule[] = [
  {
    id: 'device.vrm-current', type: 'VRM', name: 'Registration mark, 2001 on', source: 'sourced: DVLA INF104',
    pattern: pattern(open, String.raw`[A-Z]{2}\d{2}[ ]{0,2}[A-Z]{3}`, close), check: isCurrentMark, before: vehicleCue, after: vehicleAfter, cued: auto(0.97), bare: auto(0.85),
  },
  {
    id: 'device.vrm-current-lower', type: 'VRM', name: 'Registration mark, 2001 on, not in capitals', source: 'sourced: DVLA INF104',
    pattern: pattern(open, String.raw`[A-Za-z]{2}\d{2}[ ]?[A-Za-z]{3}`, close), check: isCurrentMark, before: vehicleCue, after: vehicleAfter, cued: auto(0.9), bare: review(0.4),
  },
  {
    id: 'device.vrm-prefix', type: 'VRM', name: 'Registration mark, 1983 to 2001', source: 'sourced: DVLA; I, O, U and Z do not date a mark',
    pattern: pattern(open, String.raw`[A-HJ-NPR-TV-Y]\d{1,3}[ ]{0,2}[A-HJ-PR-Z]{3}`, close), before: vehicleCue, after: vehicleAfter, cued: auto(0.9), bare: review(0.4),
  },
  {
    id: 'device.vrm-suffix', type: 'VRM', name: 'Registration mark, 1963 to 1983', source: 'sourced: DVLA',
    pattern: pattern(open, String.raw`[A-HJ-PR-Z]{3}[ ]{0,2}\d{1,3}[A-HJ-NPR-TV-Y]`, close), before: vehicleCue, after: vehicleAfter, cued: auto(0.9), bare: review(0.4),
  },
  {
    id: 'device.vrm-northern-ireland', type: 'VRM', name: 'Registration mark of Northern Ireland', source: 'domain knowledge: I or Z among its letters',
    pattern: pattern(open, String.raw`(?=[A-Z]{0,2}[IZ])[A-Z]{2,3}[ ]?\d{1,4}`, close), before: vehicleCue, after: vehicleAfter, cued: auto(0.85), bare: null,
  },
  {
    id: 'device.vrm-dateless', type: 'VRM', name: 'Dateless or Q mark: only beside its label', source: 'domain knowledge',
    pattern: pattern(open, String.raw`(?:[A-Z]{1,3}[ ]?\d{1,4}|\d{1,4}[ ]?[A-Z]{1,3}|Q\d{1,3}[ ]?[A-Z]{3})`, close), before: markCue, cued: auto(0.75), bare: null,
  },
  {
    id: 'device.vin', type: 'VIN', name: 'Vehicle identification number', source: 'sourced: ISO 3779; 49 CFR 565 check digit as a boost only',
    pattern: pattern(open, String.raw`(?=[A-Z]{0,16}\d)(?=\d{0,16}[A-Z])[A-HJ-NPR-Z\d]{13}\d{4}`, close), check: hasVinCheckDigit,
    before: cue(60, 'vin', 'chassis', 'chassis number', 'vehicle identification'), cued: auto(0.99), bare: auto(0.95), failed: review(0.5),
  },
  {
    id: 'device.vin-labelled', type: 'VIN', name: 'Vehicle identification number beside its label', source: 'sourced: ISO 3779',
    pattern: pattern(open, String.raw`[A-HJ-NPR-Z\d]{17}`, close), before: cue(40, 'vin', 'chassis', 'chassis number', 'vehicle identification number'), cued: auto(0.9), bare: null,
  },
  {
    id: 'device.imei', type: 'IMEI', name: 'Handset number', source: 'sourced: 3GPP TS 23.003, Luhn',
    pattern: pattern(open, String.raw`(?:\d{15}|\d{2}[ \-/]\d{6}[ \-/]\d{6}[ \-/]\d|\d{6}[ \-/]\d{2}[ \-/]\d{6}[ \-/]\d|\d{8}[ \-/]\d{6}[ \-/]\d)`, close),
    check: isImei, before: handsetCue, unless: cue(25, 'imsi', 'card', 'account'), cued: auto(0.99), bare: auto(0.9),
  },
  {
    id: 'device.imei-software', type: 'IMEI', name: 'Handset number with software version', source: 'sourced: 3GPP TS 23.003 (no check digit)',
    pattern: pattern(open, String.raw`\d{16}`, close), before: cue(30, 'imeisv', 'imei sv'), cued: auto(0.9), bare: null,
  },
  {
    id: 'device.imsi', type: 'IMSI', name: 'Subscriber identity of a SIM', source: 'sourced: ITU-T E.212; 234 and 235 are the United Kingdom',
    pattern: pattern(open, String.raw`\d{3}[ -]?\d{2}[ -]?\d{9,10}`, close), before: cue(30, 'imsi'), cued: auto(0.95), bare: null,
  },
  {
    id: 'device.iccid', type: 'ICCID', name: 'SIM card number', source: 'sourced: ITU-T E.118, Luhn',
    pattern: pattern(open, String.raw`89\d{2}(?:[ -]?\d){15,16}`, close), check: isIccid, before: cue(40, 'iccid', 'sim', 'sim card'), cued: auto(0.99), bare: auto(0.95),
  },
  {
    id: 'device.mac-address', type: 'MAC_ADDRESS', name: 'MAC address', source: 'sourced: IEEE 802',
    pattern: pattern(String.raw`(?<![\p{L}\d:-])(?:[\da-fA-F]{2}([:-])(?:[\da-fA-F]{2}\1){4}[\da-fA-F]{2}|[\da-fA-F]{4}\.[\da-fA-F]{4}\.[\da-fA-F]{4})(?![\p{L}\d:-])`), cued: null, bare: auto(0.96),
  },
  {
    id: 'device.ipv4', type: 'IP_ADDRESS', name: 'Internet address, version 4', source: 'sourced: RFC 791',
    pattern: pattern(String.raw`(?<![\p{L}\d.])\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\p{L}\d]|\.\d)`), check: isIpv4, before: cue(30, 'ip', 'ip address'),
    unless: cue(20, 'version', 'v', 'ver', 'section', 'paragraph', 'para', 'clause'), cued: auto(0.97), bare: auto(0.9),
  },
  {
    id: 'device.ipv6', type: 'IP_ADDRESS', name: 'Internet address, version 6', source: 'sourced: RFC 4291',
    pattern: pattern(String.raw`(?<![\p{L}\d:])(?:[\da-fA-F]{0,4}:){2,7}[\da-fA-F]{1,4}(?![\p{L}\d:])`), check: isIpv6, before: cue(30, 'ip', 'ipv6'), cued: auto(0.97), bare: auto(0.93),
  },
  {
    id: 'device.serial-number', type: 'SERIAL_NUMBER', name: 'Serial number after its label', source: 'domain knowledge',
    pattern: pattern(String.raw`(?<![\p{L}\d])(?:[Ss]erial|SERIAL|S/N)\s?(?:number|no|NUMBER|NO)?[.:]{0,2}\s{0,2}(?:is\s)?(?<value>(?=[A-Z-]{0,14}\d)[A-Z\d][A-Z\d-]{4,24})`, close), cued: null, bare: auto(0.85),
  },
];
