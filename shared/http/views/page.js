// Only what helps: a second press of a button is ignored for a second, and an error summary takes the focus. Pages work without it.
import { Button, ErrorSummary, createAll } from 'govuk-frontend';

createAll(Button, { preventDoubleClick: true });
createAll(ErrorSummary);
