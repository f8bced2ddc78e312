"""Words of ordinary speech by what they do in a sentence. Plain data, as in `cues`."""

DETERMINERS = (
    "a", "an", "the", "my", "your", "his", "her", "its", "our", "their", "this", "that", "these", "those", "some",
    "any", "every", "each", "no", "another", "more", "most", "so", "very", "too", "how", "what",
)  # fmt: skip
"""What stands before a common noun or adjective, and seldom before a name."""

VERBS = (
    "is", "are", "was", "were", "am", "be", "been", "will", "would", "can", "could", "should", "have", "has", "had",
    "do", "does", "did", "know", "need", "want", "guys", "all", "got", "gets", "made", "makes", "gave", "came",
    "looks", "seems", "feels", "really", "deserves",
)  # fmt: skip
"""What follows a word used as a subject of a sentence."""

SMALL = (
    "a", "an", "and", "the", "of", "on", "in", "to", "for", "at", "by", "with", "or", "from", "is", "de", "la", "el",
)  # fmt: skip
"""Words a title may write small."""

JOINING = (
    "i", "and", "or", "the", "on", "in", "at", "to", "for", "with", "by", "from", "of", "as", "is", "it", "this",
    "that", "so", "my", "we", "you", "he", "she", "they", "not", "but", "if", "who", "what", "when", "why", "how",
    "because", "just", "now", "then", "after", "before", "also", "will", "has", "are", "was", "were", "did", "does",
    "do", "have", "had", "can", "could", "should", "would", "am", "a", "an", "s0", "ok", "okay", "omg", "wow", "yes",
    "no", "lol", "well", "look", "btw", "y'all", "yo", "man", "guys", "finally", "currently", "started", "finished",
    "watched", "loved", "love", "every", "first", "new", "our", "your", "their", "his", "her", "imagine", "even",
    "only", "maybe", "honestly", "hate", "prefer", "skip", "add", "see", "saw", "need", "want", "get", "got", "let",
    "thank", "please", "actually", "apparently", "obviously", "sadly", "anyway", "meanwhile", "without", "like",
    "than", "about", "until", "since", "while", "during", "where", "though", "although", "still", "never", "always",
    "really", "such", "these", "those", "some", "any", "more", "most", "much", "many", "all", "both", "each", "other",
    "another", "same", "very", "here", "there", "again", "once", "today", "tonight", "yesterday", "tomorrow", "give",
    "try", "miss", "original", "old", "late", "early", "live", "next", "last", "final", "show", "series", "film",
    "movie", "drama", "poor", "dear", "team", "thinking", "gave", "gerade", "heute", "endlich", "gestern", "wieder",
    "filmen", "serien", "la", "le", "el", "les", "los", "il", "un", "une", "una", "der", "die", "das", "den", "hoy",
    "anoche", "ayer", "por", "fin", "acabo", "acabei", "hier", "enfin", "oggi", "ieri", "finalmente", "vandaag",
    "gisteren", "eindelijk", "bugün", "en", "con", "com", "mit", "met", "sobre", "sur", "über", "tried", "us", "uk",
    "american", "british", "korean", "danish", "german", "turkish", "swedish", "nochmal", "wirklich", "instead",
    "between", "hab", "habe", "ich", "bin", "wir", "schau", "schaue", "gucke", "kann", "je", "j'ai", "estoy", "eu",
    "tô", "ho", "mein", "meine", "mi", "minha", "meu", "mon", "ma", "nur", "auch", "noch", "quem", "quién", "qué",
    "wer", "wie", "warum", "pourquoi", "qui", "comment", "nach", "bei", "vor", "seit", "desde", "hasta", "después",
    "depois", "après", "dopo", "avant", "antes", "para", "pour", "für",
)  # fmt: skip
"""Words that are no part of a longer name even with a capital."""

GOVERNED = (
    "of", "on", "for", "in", "to", "at", "with", "from", "by", "about", "up", "down", "out", "off", "the", "a", "an",
    "my", "your", "his", "her", "our", "their", "this", "that", "these", "it", "you", "me", "us", "them", "him", "all",
    "some",
)  # fmt: skip
"""What follows a verb, or a noun that is no name, at the start of a sentence."""

ADVERBIAL = frozenset(
    "next found gone live only out home outside here now everything nothing something anything all more most it what that "
    "this new streaming available coming friday it's her him them me everyone everybody nobody somebody two three tonight "
    "today tomorrow yesterday weekend she he they there who we".split()
)
"""Words that stand before `on` and a service without being what is shown there."""

PRONOUNS = frozenset("you us it she he they we me".split())
"""Words that stand small after a verb without being a title."""

ADJECTIVES = frozenset(
    "able afraid alive asleep aware bare big bitter brave brief bright broad broken busy calm careful cheap clean clear "
    "clever cool cruel curious cute dark dead deaf dear deep dirty dry dull dumb eager easy empty entire fake false famous "
    "fierce fine firm fit flat foreign formal fresh friendly full funny gentle glad gone grand great gross guilty handsome "
    "happy harsh healthy heavy hidden high hollow honest hot huge humble hungry ill innocent insane jealous keen large "
    "lazy legal little lonely long loose lost loud lovely loyal lucky mad married mean mere mild modern naked narrow nasty "
    "neat nervous new nice noisy numb odd old own pale perfect pleased poor pregnant pretty private proper proud pure quick "
    "quiet random rare raw ready real recent rich ripe rough rude sad safe scared serious severe shallow sharp short shy "
    "sick silent silly similar single slim slow small smart smooth sober soft sore sorry special steady stiff strange "
    "strict strong stupid sudden super sure sweet tall tender thick thin tight tiny tired tough true ugly unable unknown "
    "upset urgent useful usual vague vast warm weak weird wet wide wild wise wrong young caught found taken stolen trapped "
    "wanted".split()
)

PARTICLES = frozenset(
    "from into onto upon about above across against alone along already always among around away behind below beneath "
    "beside between beyond early forever inside late outside through throughout together toward under within "
    "without".split()
)
"""Everyday words that are no nouns: nothing can be said of one with `is`."""

COUNTED = frozenset(
    "accident actor animal apple arm artist author baby bag bank bar bed bird boat body bone book bottle box boy "
    "bridge building bus camera car card cat chair child city club coat company country couple cousin crowd cup dog "
    "door dream dress driver engine eye face farm farmer film finger floor flower forest friend garden gate gift girl "
    "group guest gun guy hand hat head heart hero horse hotel house island job journey key kid king kingdom kitchen "
    "knife lake letter lion list machine man map member message month mouth name neighbour neighbor neck nose nurse "
    "office palace passenger phone picture pilot planet plant player prince problem queen question ring river road "
    "roof room rose rule ship shirt shoe shop signal singer soldier song stage star stone store story stranger street "
    "student table teacher team town tree truck village voice wall week wheel window wolf woman word writer year".split()
)
"""Everyday nouns that want an article."""

CLAUSES = (
    "but", "that", "think", "thought", "thinks", "say", "said", "saying", "because", "bc", "cause", "cos", "yes", "ok",
    "okay", "honestly", "guess", "swear", "wow", "btw", "imo", "why is", "why was", "how is", "is", "was", "tell me",
    "told me", "admit", "know", "knew", "since", "though", "although", "if", "when", "forgot", "pero", "mas", "mais", "aber",
    "que", "dass",
)  # fmt: skip
"""What a clause begins after, with its subject next."""

JOINTS = (
    "of", "for", "from", "in", "on", "to", "de", "da", "do", "del", "di", "von", "van", "em", "en", "dans", "aus",
)  # fmt: skip
"""What joins a piece or a person to a work."""

INSIDE = ("in", "from", "en", "em", "dans")
"""Of these, what stands before what someone is in."""

ENDING = (
    "and", "but", "is", "was", "on", "so", "then", "tonight", "now", "rn", "lol", "omg", "again", "already", "because",
    "while", "for", "with", "since", "before", "after", "until", "ends", "ended", "made", "makes", "got", "has", "in",
    "at", "all", "last", "this", "every", "over", "when", "as", "like", "or", "till", "by", "where", "i", "yesterday",
    "today", "season", "s0", "though", "too", "if", "im", "i'm", "are", "were", "had", "have", "will", "would",
    "should", "can", "did", "does", "really", "just", "finally", "literally", "actually", "still", "never", "always",
    "please", "pls", "plz", "right", "yet", "tbh", "imo", "fr", "honestly", "deserves", "deserved", "needs", "from",
    "to", "you", "you're", "u", "it's", "i've", "she", "they", "we", "there's", "y", "e", "et", "und", "ve", "en",
    "ma", "mas", "pero", "aber", "mais", "es", "é", "est", "ist", "è", "hier", "ayer", "ontem", "gestern", "ieri",
    "gisteren", "anoche", "dün", "bc", "cause", "cos", "ever", "about", "only", "being", "who", "that", "without",
    "por", "pour", "nu", "voor", "para", "zum", "zusammen", "con", "mit", "met", "avec", "com", "could", "might",
    "whole", "do", "not", "even", "back", "yes", "no", "o", "ou", "oder", "che", "que", "qui", "weil", "aunque",
    "porque", "parce", "perché", "want", "me", "m'a", "mi", "hat", "acabou", "foi", "fue", "war", "s'est", "se", "te",
    "nos", "than", "isn't", "wasn't", "wouldn't", "won't", "can't", "couldn't", "didn't", "doesn't", "during",
    "despite", "however", "anyway", "unless", "whenever", "once", "which", "whose", "what", "how", "why", "he", "his",
    "her", "my", "our", "your", "their", "those", "these", "maybe", "probably", "easily", "definitely", "truly",
    "instead", "together", "tomorrow", "nightly", "daily", "looks", "feels", "seems", "gets", "goes", "went", "keeps",
    "kept", "comes", "came", "takes", "took", "gives", "gave", "starts", "started", "hits", "ruined", "broke", "saved",
    "killed", "hit", "made me", "leaves", "left", "left me", "proved", "proves", "stays", "stayed", "beats", "sucks",
    "slaps", "haunts", "hurts",
)  # fmt: skip
"""What may follow a title that goes no further."""

WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())

SURNAMES = frozenset(
    "stone ford hill brown black white king young cook hall wood woods lake rose bell price cross fox grant hunt knight lane "
    "law page park parker rock shaw snow summers swift walker wall ward waters west winter wolf banks brooks bush church "
    "field fields fisher foster gates gold green hart holland hudson jackson johnson jones smith williams taylor thomas "
    "wilson moore anderson harris martin lewis lee clark scott adams baker carter mitchell phillips evans turner collins "
    "edwards stewart morris rogers cooper bailey howard cox richardson watson bennett gray grey james hughes sanders ross "
    "henderson coleman jenkins perry powell patterson washington simmons bryant alexander russell griffin hayes myers "
    "hamilton graham sullivan wallace cole owens reynolds stevens freeman wells webb simpson tucker porter hunter crawford "
    "mason kennedy warren burns gordon palmer robertson mills nichols gardner payne pierce hawkins duncan armstrong "
    "carpenter chapman harper newman douglas austin peters craig burke lynch berry cash pitt bean law firth cross day".split()
)
"""Surnames that are everyday words."""

STYLES = frozenset(
    "mr mrs ms miss dr doctor uncle aunt auntie chef captain detective agent officer prince princess professor nurse "
    "father sister brother lord lady sir".split()
)
"""What stands before a name."""

PLACES = frozenset(
    "london paris berlin rome madrid vienna amsterdam dublin glasgow manchester liverpool hollywood atlanta dallas "
    "houston chicago boston seattle portland nashville miami vegas austin denver detroit philadelphia texas florida "
    "california york tokyo seoul sydney toronto vancouver lagos cairo mumbai delhi moscow istanbul athens lisbon "
    "barcelona milan naples venice yellowstone yosemite alaska hawaii nevada arizona ohio georgia havana dubai rio fargo".split()
)
"""Cities, states and parks whose names are capitals whatever is meant."""

PLACING = (
    "to", "near", "in", "at", "toward", "towards", "around", "across", "through", "visit", "visiting", "leaving",
    "named", "called", "cat", "dog", "mr", "mr.", "mrs", "mrs.", "dr", "dr.", "against",
)  # fmt: skip
"""What stands before the name of a place, a person or a pet."""
