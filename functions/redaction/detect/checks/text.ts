/** The digits of a value, separators gone. */
export const digitsOf = (value: string): string => value.replaceAll(/\D/g, '');

/** The letters and digits of a value, upper case, separators gone. */
export const compact = (value: string): string => value.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');

/** True when a number is one digit repeated: passes many checks, stands for nobody. */
export const isOneDigit = (digits: string): boolean => /^(\d)\1*$/.test(digits);
