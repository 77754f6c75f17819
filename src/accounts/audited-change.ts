export { auditedChange } from '#audit/audited-change.ts';
