import type { Role } from '../terms.ts';

/** Supervising ranks from the lowest. The force incident manager is an inspector (0.4). Specialists stand beside them. */
const ladder: readonly (readonly Role[])[] = [['SGT'], ['INSP', 'FIM'], ['DI_SIO'], ['SUPT']];
const standing = (role: Role): number => ladder.findIndex(rung => rung.includes(role));

/** May somebody of this role do a review of that rank? Equal or higher; a search review also by the SIO, a coordinator's by the coordinator or an inspector upwards. */
export function satisfiesRank(role: Role, rank: Role): boolean {
  if (role === rank) return true;
  if (rank === 'POLSA') return role === 'DI_SIO';
  if (rank === 'MFH_COORD') return standing(role) >= standing('INSP');
  return standing(rank) !== -1 && standing(role) >= standing(rank);
}

/** Of the roles that somebody holds the one that counts for a review. */
export function roleFor(roles: readonly Role[], rank: Role): Role | undefined {
  return [...roles].filter(role => satisfiesRank(role, rank)).sort((a, b) => standing(b) - standing(a))[0];
}
