import type { Operation } from '../../../../shared/http/operation.ts';
import * as replies from '../repliesUploads.ts';
import { fileParams, makeLinkBody, revokeLinkBody, uploadHeaders, uploadQuery } from '../uploads/acts.ts';
import { fileTypes, uploadMaxBytes } from '../uploads/files.ts';
import * as schemas from '../../schemas.ts';
import { command, look, params, police, readers, root, tokens } from './base.ts';

/** Protocol forms and photographs of the person (3.7, issue 4 item 6). */
const who = tokens(police);
export const makeUploadLink = {
  ...command, operationId: 'MakeUploadLinkMissing', route: `${root}/{recordId}/upload-links`, who, summary: 'Make a link for a form or photograph', visibility: 'important',
  description: 'Gives the address once, to you: it takes one sending and ends after a few hours. Read it out or send it yourself.', params, body: makeLinkBody, reply: replies.linkMade,
} as const satisfies Operation;
export const revokeUploadLink = {
  ...command, operationId: 'RevokeUploadLinkMissing', route: `${root}/{recordId}/upload-links/revoke`, who, summary: 'Withdraw an upload link', description: 'Nobody can use it from now on.', params, body: revokeLinkBody, reply: schemas.accepted, visibility: 'advanced',
} as const satisfies Operation;
export const uploadProtocol = {
  ...command, operationId: 'UploadProtocolMissing', route: `${root}/{recordId}/files`, who, audit: 'collection', summary: 'Upload a protocol form or photograph', visibility: 'important',
  description: 'Takes a PDF, JPEG, PNG or HEIC of at most 20 MB; it is scanned first and then stands on the record.', params, query: uploadQuery, headers: uploadHeaders,
  body: { file: true, contentTypes: [...fileTypes, 'application/octet-stream'], maxBytes: uploadMaxBytes, description: 'The file as it is.' }, reply: replies.fileTaken,
} as const satisfies Operation;
export const openFile = {
  ...look, operationId: 'OpenMissingFile', route: `${root}/{recordId}/files/{fileId}/open`, who: readers, summary: 'Open a form or photograph', description: 'Gives the file; your reason is logged before anything is shown. What was not found clean is never given.', params: fileParams, body: schemas.reasonBody,
  reply: { file: true, contentTypes: [...fileTypes], maxBytes: uploadMaxBytes, description: 'The file.' },
} as const satisfies Operation;

export const operations: readonly Operation[] = [makeUploadLink, revokeUploadLink, uploadProtocol, openFile];
