import type { RiskLevel } from '../terms.ts';

export interface LegacyRisk {
  readonly level: RiskLevel;
  /** The label is of old guidance: somebody assesses the case again. */
  readonly isLegacy: boolean;
}

/** Labels of today and of old guidance (0.2.1, glossary). Keys are compared without case, spaces and marks. */
const labels: Readonly<Record<string, LegacyRisk>> = {
  verylow: { level: 'VERY_LOW', isLegacy: false }, verylowrisk: { level: 'VERY_LOW', isLegacy: false }, low: { level: 'LOW', isLegacy: false }, lowrisk: { level: 'LOW', isLegacy: false },
  medium: { level: 'MEDIUM', isLegacy: false }, mediumrisk: { level: 'MEDIUM', isLegacy: false }, high: { level: 'HIGH', isLegacy: false }, highrisk: { level: 'HIGH', isLegacy: false },
  // "No apparent risk (absent)" of the 2017 APP (S1, S2): never offered on a new record.
  absent: { level: 'VERY_LOW', isLegacy: true }, noapparentrisk: { level: 'VERY_LOW', isLegacy: true }, noapparentriskabsent: { level: 'VERY_LOW', isLegacy: true },
};

/** The 2010 wording of high risk, which Scotland and some NHS forms still use (S24, S25). */
const wording2010 = /risk\s*posed\s*is\s*immediate|substantial\s*grounds\s*for\s*believing/i;

/** The level that a label means, or undefined for one that nobody knows: then a person decides, for a guess could be too low. */
export function readRiskLabel(raw: string): LegacyRisk | undefined {
  if (wording2010.test(raw)) return { level: 'HIGH', isLegacy: true };
  return labels[raw.toLowerCase().replaceAll(/[^a-z]/g, '')];
}
