export { present } from '../../../shared/domain/present.ts';
