const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Lower-case function words: never a name, even after a title. */
export const functionWords = words(`the a an this that these those he she it they we you i his her hers its their our your my me him them us who whom whose which what when where
why how and or but nor so yet if then than as at by for from in into of off on onto out over to up with within without after before during since until while about against
is was are were be been being am has had have do does did would shall should can could might must not no yes also there here all any both each every some such only
said stated told asked replied went came got took made saw did says according however although because therefore meanwhile
mr mrs ms miss mx dr sir madam dear sincerely faithfully regards thanks signed signature dated please note re sent cc bcc attachment attachments unknown none`);

/** Nouns of police, courts, calendar and places that end a name or cannot begin one, though a title may stand before some (Mr Page, Mrs May). */
export const nameStops: ReadonlySet<string> = new Set([...functionWords, ...words(`one two three four five six seven eight nine ten
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november
december today yesterday tomorrow date time dob born age aged name names address telephone phone mobile email e-mail tel fax postcode number ref reference page section article rule part
police constable sergeant inspector officer court crown magistrates county council city town village street road avenue lane drive close crescent hospital school college university
department ministry office government parliament service services station house limited ltd plc llp inc company bank society association union trust board committee commission
statement witness victim suspect defendant complainant applicant applicants exhibit item custody case crime incident report interview evidence english welsh scottish irish british
european united kingdom states national international royal state later earlier first second third contact details occupation nationality religion gender sex male female subject
support liaison care unit team federation new republic north south east west northern southern eastern western central act convention code appeal division chamber`)]);

/** Names that are also ordinary words: the memory takes them only where a capital stands within a sentence (redaction-detection.md 6.2). */
export const ambiguousNames = words(`mark may grace rose hunt april june will bill jack frank hope faith joy dawn eve ivy lily daisy summer autumn holly heather robin young brown green
white black gray grey king bishop cook baker butler carter fisher hill wood woods field fields brook brooks rivers stone marsh ford banks bell day knight page park parks price rich
sharp short long small little strong swift wise good best love moon snow frost winter waters church temple castle house hall lane street way west north south east english welsh
french bird fox wolf lamb drake crane pike salmon cannon bond cross case chance chase grant guy hardy major miles pat penny pearl ray rob sue sky wright singer miller mason
turner walker shepherd potter porter parker cooper archer hunter gardner carpenter weaver constable sergeant marshall law laws power powers pope prior abbot read reed rose rush
sale sands shore silver sparks spring steel stock storey sweet tanner tiller tyler wall walls ward ware watch wells wild woodward work yates dale dean dell den glen heath
art gene jean max melody mercy iris violet ruby amber olive hazel ginger basil herb clay cliff rock sandy sunny skip buck chuck drew don harry jimmy josh ken lance mack nick norm
pace paige patience peg piers rusty sally tad ted teddy tiffany victor angel christian earl duke noble prince constance felicity harmony honor honour destiny trinity crystal
cash coin cost crisp crook doe early fair fall fear flood flower flowers force gold golden gore hand hands head hook horn hurt just keen kind land light lock lord mould moody
must neat nice noon oaks ogle paine palmer peace peel pepper plant pool poole quick rice ridge rainbow round rowe savage self sheets shields speed staff stamp stark start
tall tell thorn tree trick vice vine virgo waite wade want way weeks went wing witty worth`);

/** Common given names in the United Kingdom (domain knowledge, many origins); one before another capitalised word makes a person likely. */
export const givenNames = words(`aaron abdul abdullah abigail adam adrian ahmed aidan aisha alan albert alex alexander alexandra alfie ali alice alicia alison allan amanda amelia amina amir amy
andrea andrew angela angus anita ann anna anne anthony antonio arjun arthur asif ava barbara barry beatrice ben benjamin bernard beth bethany beverley billy bradley brandon brenda
brian bridget bruce bryan callum cameron carl carla carly carol caroline catherine cathy charles charlie charlotte chelsea cheryl chloe chris christina christine christopher claire
clare colin connor craig daniel danielle darren dave david deborah debra denise dennis derek diana diane dominic donald donna doreen dorothy douglas duncan dylan edith edward eileen
elaine eleanor elizabeth ella ellen ellie ellis elsie emily emma eric erin ethan eva evelyn evie farah fatima fiona florence frances francis freddie freya gareth gary gavin gemma
geoff geoffrey george georgia georgina gerald gillian gina glenn gloria gordon graham gregory gwen hannah harold harriet harrison harvey hassan hayley hazel helen helena henry
hugh ian ibrahim imran irene isaac isabel isabella isla ismail jacob jacqueline jade jake james jamie jan jane janet janice jasmine jason jayne jeff jeffrey jenna jennifer jenny jeremy
jessica jill jim joan joanna joanne joe joel john jonathan jordan joseph joshua joyce juan judith julia julian julie justin karen karl kate katherine kathleen kathryn katie kayleigh
keith kelly kenneth kerry kevin khalid kieran kim kimberley kirsty krzysztof kyle lara laura lauren lawrence leah leanne lee leo leon leonard leslie lesley lewis liam linda lindsay lisa
logan lorraine louis louise lucas lucy luke lydia lynn lynne malcolm marcus margaret maria marie marilyn marion martin martyn mary mason mateusz matt matthew maureen max maya megan mehmet melanie
melissa mia michael michelle miguel mike mohamed mohammad mohammed molly monica muhammad nadia naomi natalie natasha nathan neil niall nicholas nicola nicole nigel noah noor norman oliver olivia
omar oscar owen pamela patricia patrick paul paula pauline peter philip phillip phoebe pedro piotr poppy priya rachel raj ralph raymond rebecca reece rhys richard rita robert roger roland ronald rory
rosemary ross roy russell ruth ryan sam samantha samina samuel sara sarah scarlett scott sean sebastian shane shannon sharon sheila shirley sian siân simon sofia sophia sophie stacey stanley stefan stella
stephanie stephen steve steven stewart stuart susan suzanne sylvia tanya tara terence teresa terry theo theresa thomas tim timothy tina toby todd tom tomasz tony tracey tracy trevor usman valerie
vanessa vera veronica vicky victoria vincent vivian wayne wendy william wojciech yasmin yusuf yvonne zach zachary zahra zainab zara zoe zoë`);

/** Titles and ranks: part of how a name is written, never of the name. */
export const titles = words(`mr mrs ms miss mx dr prof professor sir dame lord lady rev revd reverend father sister cllr councillor baroness judge justice messrs master mme madame monsieur herr frau imam rabbi
pc wpc ps dc ds di dci dcs pcso sc sgt insp supt det detective chief police special constable sergeant inspector superintendent officer acc dcc commander temp temporary acting deputy assistant investigating oic`);
