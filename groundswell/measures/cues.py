"""The words around a title that tell a mention from ordinary speech. Plain data; no entry names a title.

A table's entries are alternatives in lower case; `0` is a number of up to three figures.
"""

SERVICES = (
    "netflix", "hulu", "hbo", "hbo max", "prime video", "amazon prime", "disney plus", "disney+", "apple tv",
    "apple tv+", "appletv", "peacock", "paramount+", "paramount plus", "iplayer", "bbc iplayer", "itvx",
    "crunchyroll", "showtime", "shudder", "tubi", "viki", "globoplay",
)  # fmt: skip
"""Where television is streamed. After `on`, `via` or `@`, or before `'s`, `series`, `show`."""

NETWORKS = (
    "bbc", "bbc one", "bbc two", "itv", "channel 4", "amc", "fx", "cbs", "nbc", "abc", "pbs", "cw", "starz", "sky",
    "prime", "amazon", "max", "tv",
)  # fmt: skip
"""Where else it is watched; other things are too."""

WORKS = (
    "show", "shows", "series", "tv show", "tv series", "sitcom", "miniseries", "mini series", "mini-series",
    "limited series", "drama", "docuseries", "docu-series", "documentary", "anime", "cartoon", "film", "movie",
    "kdrama", "k-drama", "kdramas", "k-dramas", "soap", "telenovela", "serie", "serien", "novela", "série", "dizi",
)  # fmt: skip
"""What a title is the name of."""

PARTS = (
    "season", "seasons", "episode", "episodes", "ep", "eps", "finale", "season finale", "premiere", "trailer",
    "teaser", "cast", "spoiler", "spoilers", "reboot", "spinoff", "spin-off", "sequel", "prequel", "soundtrack",
    "temporada", "capítulo", "capitulo", "episodio", "episodios", "episódio", "saison", "épisode", "staffel", "folge",
    "folgen", "stagione", "puntata", "sezon", "bölüm",
)  # fmt: skip
"""What a work has and a word has not."""

WATCHING = (
    "watch", "watched", "watching", "watches", "watchin", "rewatch", "rewatched", "rewatching", "re-watch",
    "re-watched", "re-watching", "binge", "binged", "binging", "bingeing", "binge watch", "binge watched",
    "binge watching", "binge-watch", "binge-watched", "binge-watching", "streaming", "streamed", "viendo",
    "assistindo", "assistir", "regarder", "regardé", "schaue", "guardando", "terminé de ver", "empecé a ver",
)  # fmt: skip
"""What one does to a work."""

FOLLOWING = (
    "finished", "finish", "finishing", "enjoyed", "enjoying", "seen", "caught up on", "caught up with",
    "catching up on", "hooked on", "addicted to", "obsessed with", "loved", "fan of", "fans of", "binge of",
    "marathon of", "obsession with",
)  # fmt: skip
"""What one does to a work and to few other things."""

LIKING = (
    "start", "started", "starting", "loving", "recommend", "recommended", "recommending", "into", "review of",
    "rest of", "first half of", "end of", "like", "love", "than", "miss",
)  # fmt: skip
"""What one does to anything; a lead, never proof."""

PIECES = (
    "ending", "pilot", "finale", "plot", "premise", "cast", "character", "characters", "soundtrack", "trailer",
    "teaser", "reboot", "remake", "spinoff", "spin-off", "sequel", "prequel", "protagonist", "lore", "showrunner",
    "showrunners", "writers", "creator", "creators", "adaptation", "renewal", "cancellation", "scene", "scenes",
)  # fmt: skip
"""What is `of`, `for` or `from` a work."""

NEWS = (
    "renew", "renews", "renewed", "cancel", "cancels", "cancelled", "canceled", "axes", "axed", "revive", "revives",
    "bring back", "brings back", "brought back", "reboots", "uncancel",
)  # fmt: skip
"""What is done to a running work."""

GOVERNED = (
    "of", "on", "for", "in", "to", "at", "with", "from", "by", "about", "up", "down", "out", "off", "the", "a", "an",
    "my", "your", "his", "her", "our", "their", "this", "that", "these", "it", "you", "me", "us", "them", "him",
    "all", "some",
)  # fmt: skip
"""What follows a verb, or a noun that is no name, at the start of a sentence."""

ADVERBIAL = frozenset(
    "next found gone live only out home outside here now everything nothing something anything all more most it what that this new "
    "streaming available coming friday it's".split()
)
"""Words that stand before `on` and a service without being what is shown there."""

STRONG = (
    "netflix", "hulu", "hbo", "hbo max", "prime video", "amazon prime", "disney plus", "disney+", "apple tv",
    "apple tv+", "appletv", "peacock", "paramount+", "paramount plus", "iplayer", "itvx", "crunchyroll", "showtime",
    "tv show", "tv shows", "tv series", "sitcom", "miniseries", "mini-series", "limited series", "docuseries",
    "docu-series", "kdrama", "kdramas", "k-drama", "k-dramas", "anime", "telenovela", "binge", "binged", "binging",
    "bingeing", "binge-watch", "binge-watched", "binge-watching", "bingewatching", "rewatch", "rewatched",
    "rewatching", "episode", "episodes", "season finale", "series finale", "spoiler", "spoilers", "showrunner",
    "season 0", "series 0", "s0", "s0e0", "trailer", "spinoff", "spin-off", "temporada", "capítulo", "episodio",
    "episódio", "staffel",
)  # fmt: skip
"""Words that hardly stand in a post that does not speak of television or film; each counts two."""

WEAK = (
    "show", "shows", "series", "season", "seasons", "watch", "watched", "watching", "watchin", "film", "films",
    "movie", "movies", "drama", "documentary", "cartoon", "cast", "character", "characters", "plot", "scene",
    "scenes", "actor", "actress", "acting", "premiere", "premieres", "finale", "reboot", "remake", "sequel",
    "prequel", "renewed", "cancelled", "canceled", "storyline", "streaming", "ep", "eps", "prime", "amazon", "bbc",
    "itv", "amc", "tv", "telly", "television", "comedy", "thriller", "rom-com", "romcom", "emmy", "emmys", "serie",
    "série", "spoil", "teaser", "franchise",
)  # fmt: skip
"""Words of television that other talk uses too; each counts one."""

TAG_ENDINGS = (
    r"(?:on|x)?(?:netflix|hulu|hbo|hbomax|primevideo|disneyplus|appletv|bbc|itv)",
    r"(?:the)?(?:tv)?(?:series|show)",
    r"tv",
    r"s(?:eason)?\d{1,2}",
    r"s\d{1,2}e\d{1,2}",
    r"\d{1,2}",
    r"edits?|fanart|cast|finale|spoilers?|trailer|season|kdrama|anime",
)
"""What may follow a title in a hashtag; regular expressions."""

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "ii", "iii", "iv")
COUNTED = (
    "season", "series", "part", "vol", "vol.", "volume", "episode", "episodes", "ep", "temporada", "saison",
    "staffel", "stagione", "sezon",
)  # fmt: skip
"""What a number after makes a place in a work: `season 2`."""

ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "last", "final", "new", "next", "latest", "1st", "2nd", "3rd",
    "4th", "5th", "whole", "entire", "original",
)  # fmt: skip
OF = ("of", "for", "from", "on", "de", "da", "do", "di", "von")
"""What joins a part to its work: `the finale of`."""

SHOWN = (
    "is", "are", "was", "just", "now", "streaming", "out", "available", "series", "show", "movie", "film", "dropped",
    "drops", "back", "hits", "comes", "coming", "to",
)  # fmt: skip
SHOWN_ON = ("on", "via", "@", "in", "en", "sur", "auf", "su", "na", "no")
"""What joins a title to a service, others of `SHOWN` between: `is now streaming on`."""

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
    "do", "have", "had", "can", "could", "should", "would", "am", "a", "an", "s0",
)  # fmt: skip
"""Words that are no part of a longer name even with a capital."""

OPINIONS = (
    "good", "great", "amazing", "awesome", "incredible", "brilliant", "excellent", "fantastic", "perfect",
    "phenomenal", "wonderful", "hilarious", "funny", "insane", "wild", "crazy", "addictive", "addicting", "intense",
    "heartbreaking", "beautiful", "underrated", "overrated", "boring", "trash", "terrible", "awful", "garbage", "mid",
    "fire", "peak", "lit", "worth", "a must", "must watch", "must-watch", "a masterpiece", "a gem", "the best",
    "the worst", "back", "everything", "disappointing", "dark", "slow", "cute",
)  # fmt: skip
"""What is said of a work after `is` or `was`."""

DEGREES = (
    "so", "such", "really", "just", "very", "absolutely", "pretty", "actually", "honestly", "still", "too", "fucking",
    "this", "that", "a",
)  # fmt: skip

PREDICATES = ("show", "shows", "series", "sitcom", "drama", "anime", "season")
"""What a work is said to be."""
