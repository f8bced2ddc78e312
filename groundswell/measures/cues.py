"""The words around a title that tell a mention from ordinary speech. Plain data; no entry names a title.

A table's entries are alternatives in lower case; `0` is a number of up to three figures.
"""

SERVICES = (
    "netflix", "hulu", "hbo", "hbo max", "hbomax", "prime video", "amazon prime", "disney plus", "disney+", "apple tv",
    "apple tv+", "appletv", "appletv+", "peacock", "paramount+", "paramount plus", "iplayer", "bbc iplayer", "itvx",
    "crunchyroll", "showtime", "shudder", "tubi", "viki", "globoplay", "mgm+", "mgm plus", "max original", "movistar+",
    "viaplay", "videoland", "blutv", "britbox", "acorn tv", "now tv", "discovery+", "hotstar", "jiohotstar", "sonyliv",
    "zee5", "skyshowtime", "canal+", "raiplay", "rtl+", "mubi", "pluto tv", "freevee", "iqiyi", "viu",
)  # fmt: skip
"""Where television is streamed. After `on`, `via` or `@`, or before `'s`, `series`, `show`."""

ACCOUNTS = (
    "netflix", "hulu", "hbo", "primevideo", "disneyplus", "appletv", "peacock", "paramountplus", "crunchyroll",
    "bbciplayer", "itvx",
)  # fmt: skip
"""How the handles of services begin. A post that opens by addressing one speaks to it."""

NETWORKS = (
    "fox", "e4", "syfy", "the cw", "bbc", "bbc one", "bbc two", "itv", "channel 4", "amc", "fx", "cbs", "nbc", "abc",
    "pbs", "cw", "starz", "sky", "prime", "amazon", "max", "tv", "hbo go", "adult swim", "arte", "rai", "zdf", "ard",
    "imax", "theaters", "theatres", "cinemas", "the cinema", "the theater", "apple", "disney", "paramount", "bbc1",
    "bbc2", "bbc three", "bbc four", "itv1", "channel 5", "dave", "a&e",
)  # fmt: skip
"""Where else it is watched; other things are too."""

WORKS = (
    "show", "shows", "series", "tv show", "tv series", "tv drama", "sitcom", "miniseries", "mini series",
    "mini-series", "limited series", "drama", "docuseries", "docu-series", "documentary", "anime", "cartoon", "film",
    "movie", "kdrama", "k-drama", "kdramas", "k-dramas", "soap", "telenovela", "serie", "serien", "novela", "série",
    "séries", "dizi", "dizisi", "película", "filme", "reeks",
)  # fmt: skip
"""What a title is the name of."""

PARTS = (
    "casting", "casting director", "season", "seasons", "episode", "episodes", "ep", "eps", "finale", "season finale",
    "series finale", "premiere", "trailer", "teaser", "cast", "spoiler", "spoilers", "reboot", "spinoff", "spin-off",
    "sequel", "prequel", "soundtrack", "ost", "rewatch", "fandom", "recap", "showrunner", "pilot", "rerun", "reruns",
    "characters", "plot twist", "plot twists", "ending", "theory", "theories", "temporada", "temporadas", "capítulo",
    "capitulo", "capítulos", "capitulos", "episodio", "episodios", "episódio", "episódios", "saison", "saisons",
    "épisode", "épisodes", "staffel", "staffeln", "folge", "folgen", "stagione", "stagioni", "puntata", "puntate",
    "episodi", "sezon", "sezonu", "bölüm", "bölümü", "seizoen", "aflevering", "afleveringen", "시즌", "シーズン",
    "creator", "creators", "fans", "writers", "quotes", "actors", "contestants", "scene", "scenes", "opening credits",
    "theme song", "christmas special", "halloween special", "holiday special", "main character", "avsnitt", "säsong",
    "sesong", "sæson", "odcinek", "odcinki", "vibes", "vibe", "energy", "coded", "core", "watch party", "watch along",
    "watchalong", "finale party", "rewatch podcast", "live tweet", "stan", "stans", "girlies", "girlie", "shaped hole",
    "era", "phase", "marathon", "viewing party", "premiere night", "universe", "theme", "intro", "aesthetic", "makeup",
    "wardrobe", "watchers",
)  # fmt: skip
"""What a work has and a word has not."""

BINGEING = (
    "rewatch", "rewatched", "rewatching", "re-watch", "re-watched", "re-watching", "binge", "binged", "binging",
    "bingeing", "binge watch", "binge watched", "binge watching", "binge-watch", "binge-watched", "binge-watching",
    "bingewatching", "bingewatched", "binge watchin", "caught up on", "caught up with", "caught up to",
    "catching up on", "catching up with", "maratonei", "maratonando", "maratoné", "maratoneando", "rewatch of",
    "shows like", "series like", "movies like", "films like", "dramas like", "shows similar to", "series similar to",
    "go watch", "please watch", "finally watched", "finally watching", "started watching", "start watching",
    "starting watching", "finished watching", "stopped watching", "revendo", "reviendo", "binge-watcher",
    "binge watcher", "nonton ulang", "maraton nonton", "maratonear", "maratonar", "maratoneei", "re-regardé",
)  # fmt: skip
"""What one does to works alone."""

WATCHING = (
    *BINGEING, "watch", "watched", "watching", "watches", "watchin", "streaming", "streamed", "viendo", "estoy viendo",
    "ver", "terminé de ver", "terminando de ver", "empecé a ver", "empezar a ver", "acabo de ver", "volver a ver",
    "assistindo", "assistir", "assisti", "assistam", "assistiu", "assisto", "reassistindo", "acabei de ver",
    "terminei de ver", "comecei a ver", "maratonar", "regarder", "regardé", "regarde", "regardez", "regardant",
    "regardais", "mater", "binge-watché", "binge watché", "re-regarder", "schaue", "schauen", "schaut", "gucke",
    "gucken", "guckt", "guardando", "guardare", "guardato", "guardo", "riguardando", "kijk", "kijken", "kijk naar",
    "kijken naar", "bekijk", "vi", "vimos", "he visto", "hemos visto", "me vi", "veo", "vean", "vendo", "vejam",
    "j'ai regardé", "j'ai maté", "sto guardando", "sto vedendo", "vedendo", "guardate", "geguckt", "nonton",
    "nontonin", "menonton", "tonton", "namatin", "nanood ng", "nanonood ng", "manood ng", "panoorin", "pinapanood",
    "napanood", "oglądam", "obejrzałam", "obejrzałem", "oglądać", "oglądałam", "oglądałem", "obejrzeć", "tittar på",
    "tittat på", "titta på", "kollar på", "kollat på", "kolla på", "ser på", "sett på", "смотрю", "смотрела",
    "смотрел", "посмотрела", "посмотрел", "досмотрела", "досмотрел", "nowwatching", "now watching", "tuning into",
    "viste", "has visto", "han visto", "habéis visto", "vieron", "viram", "você viu", "vocês viram", "tu as vu",
    "t'as vu", "vous avez vu", "avez-vous vu", "as-tu vu", "hai visto", "avete visto", "hast du", "habt ihr",
)  # fmt: skip
"""What one does to a work."""

FOLLOWING = (
    "finished", "finish", "finishing", "enjoyed", "enjoying", "seen", "hooked on", "addicted to", "obsessed with",
    "loved", "fan of", "fans of", "binge of", "marathon of", "obsession with", "just started", "finally started",
    "only started", "just begun", "just began", "spoiled", "spoil", "halfway through", "the whole of", "terminé",
    "he terminado", "acabé", "acabo de terminar", "terminei", "acabei", "fini", "finir", "terminer", "vu", "commencé",
    "adoré", "j'adore", "finito", "finito di vedere", "visto", "iniziato", "enganchada a", "enganchado a",
    "viciada em", "viciado em", "accro à", "süchtig nach", "sleeping on", "slept on", "sleep on", "ricominciato",
    "recomencé", "recomecei", "recommencé", "me vicié con", "revu", "j'ai revu", "rewatchado", "talking about",
    "talk about", "thoughts on", "not over", "crying over", "sobbing over", "thinking about", "think of", "gave in to",
    "begonnen met", "begonnen mit", "angefangen mit", "empecé con", "comecei com", "empecé", "comecei", "haven't seen",
    "havent seen", "never seen", "shut up about", "shutting up about", "stop thinking about", "stop talking about",
    "falling asleep to", "fall asleep to", "fell asleep to", "crying at", "sobbing at", "bawling at", "tuned in for",
    "tune in for", "tuning in for", "tuned into", "can't get enough of", "cant get enough of", "up to date with",
    "up to date on", "making my way through", "working my way through", "powering through", "flying through",
    "flew through", "devoured", "devouring", "midway through", "halfway into", "got round to", "got around to",
    "getting round to", "getting around to", "still on about", "me he enganchado a", "me enganché a",
    "estoy enganchada a", "estoy enganchado a", "ho finito", "ho iniziato", "ho visto", "j'ai fini", "on a fini",
    "j'ai commencé", "me terminé", "skończyłam", "skończyłem", "netflix for", "hbo for", "netflix about", "finita",
    "finita di vedere", "talks about", "talked about", "hype around", "hype about", "hype behind", "fuss about",
    "recovering from", "recover from", "asleep during", "awake for", "gave up on", "giving up on", "given up on",
    "give up on", "minutes into", "episodes into", "hours into", "deep into", "whoever wrote", "whoever created",
    "whoever directed", "discovered", "tweeting", "tweeting about", "live tweeting", "livetweeting",
    "acabo de empezar", "acabo de acabar", "acabo de terminar de ver", "terminar", "acabar", "empezar",
    "obsesionada con", "obsesionado con", "obcecada com", "obcecado com", "obsédée par", "obsédé par",
    "je viens de finir", "je viens de commencer", "viens de finir", "hype for", "waited for", "stan", "stanning",
    "give me more", "give us more", "the plot of", "the whole plot of", "ending of", "the lore of", "quit", "dropped",
    "bored of", "invested in", "fixated on", "hyperfixated on", "hyperfixation on", "god i love", "love love love",
    "in love with", "got me into", "reminded of", "life without", "thinking of", "new obsession", "current obsession",
    "guilty pleasure", "nothing beats", "nothing tops", "spoilers for", "spoiler alert for", "no one told me about",
    "bingé", "binge-regardé", "à fond dans", "enganchadísima a", "enganchadísimo a", "flipando con", "a tope con",
    "estou viciada em", "tô viciada em", "zum dritten mal", "suchte gerade", "suchte", "hänge bei",
    "caught an episode of", "recs like", "episodes of", "seasons of", "marathoning", "marathoned", "inhaled",
    "inhaling", "blasted through", "blitzed through", "raced through", "ripped through", "tore through",
    "breezed through", "plowed through", "ploughed through", "got hooked on", "getting hooked on", "hooked by",
    "sucked into", "emotional about", "normal about", "insane about", "ranting about", "yapping about",
    "gushing about", "raving about", "raved about", "rave about", "never forgive", "forgive", "straight out of",
    "learned more from", "learnt more from", "grew up on", "raised on", "dévoré", "devorei", "devoré", "parecido a",
    "parecida a", "similar to", "parecido com", "pausing", "explain", "explaining", "make more", "made more",
)  # fmt: skip
"""What one does to a work and to few other things."""

LIKING = (
    "start", "started", "starting", "loving", "recommend", "recommends", "recommended", "recommending", "into",
    "review of", "rest of", "first half of", "end of", "like", "love", "than", "miss", "talking about", "talk about",
    "thoughts on", "hyped for", "excited for", "excited about", "waiting for", "try", "give", "me encanta",
    "me encantó", "amo", "amei", "adoro", "adorei", "gostei de", "gostei muito de", "j'aime", "liebe", "empecé",
    "empezando", "comecei", "angefangen", "begonnen", "reminds me of", "reminded me of", "remind me of", "put on",
    "putting on", "hours of", "getting into", "got into", "behind on", "hate", "hated", "missing", "need more",
    "more of", "recomiendo", "recomiendo mucho", "recomendo", "recomendo muito", "je recommande", "consiglio",
    "empfehle", "giving", "it's giving", "explain", "stream", "vibes of", "out of", "been on",
)  # fmt: skip
"""What one does to anything; a lead, never proof."""

FANDOM = (
    "fandom", "rewatch", "rewatches", "brainrot", "fans", "stans", "hive", "withdrawal", "hangover", "supremacy",
    "spoilers", "fanfic", "fanart", "fan art", "edits", "quotes", "memes",
)  # fmt: skip
"""What those have who love a work."""

FANS = (
    "fandom", "rewatch", "reruns", "trailer", "finale", "episode", "episodes", "spoilers", "spoiler", "reboot",
    "spinoff", "spin-off", "showrunner", "fanfic", "premiere", "obsession", "binge", "forever", "supremacy",
    "marathon", "brainrot", "withdrawal", "hangover", "hype", "discourse", "ending", "theme song", "cast", "pilot",
    "plot twist", "season finale", "series finale", "theories", "fan theories", "memes", "edits", "marathons",
    "rewatches", "rewatching", "bingeing", "binging", "stans", "girlies", "soundtrack", "intro", "opening credits",
    "finale episode",
)  # fmt: skip
"""What a work alone has."""

PIECES = (
    "cliffhanger", "cliffhangers", "quote", "quotes", "gif", "casting", "director", "casting director", "ending",
    "pilot", "finale", "plot", "plot twist", "plot twists", "twist", "twists", "premise", "cast", "character",
    "characters", "soundtrack", "trailer", "teaser", "reboot", "remake", "spinoff", "spin-off", "sequel", "prequel",
    "protagonist", "lore", "showrunner", "showrunners", "writers", "creator", "creators", "makers", "adaptation",
    "renewal", "cancellation", "scene", "scenes", "spoilers", "rewatch", "recap", "storyline", "shot", "shots",
    "last shot", "final shot", "death", "death scene", "love story", "accent", "accents", "outfits", "costumes",
    "costume", "wardrobe", "coats", "wig", "wigs", "monologue", "speech", "cameo", "cameos", "chemistry", "animation",
    "cinematography", "dialogue", "script", "screenplay", "writing", "acting", "theme", "theme song", "intro",
    "opening credits", "redemption arc", "character arc", "arc", "villain", "couple", "ship", "finale episode",
    "flashbacks", "timeline", "episode", "episodes", "portrayal", "role", "performance", "performances",
    "fight scenes", "fight scene", "death of", "villains", "main character", "best character", "worst character",
    "reunion", "entrance", "breakup", "kiss", "redemption", "fin", "final", "trama", "reparto", "elenco",
    "protagonistas", "personajes", "personaje", "personagem", "personagens", "personnage", "personnages", "acteurs",
    "actores", "atores", "banda sonora", "trilha sonora", "bande son", "ende", "schluss", "figuren", "personaggi",
    "personaggio", "slot", "einde", "line", "lines", "set", "score", "cgi", "vfx", "special effects", "pacing",
    "finale speech", "stunts", "choreography", "opening scene", "opening shot", "final scene", "last scene",
    "end credits", "title sequence", "opening sequence", "main theme", "sound design", "world building",
    "worldbuilding", "one-liners", "voiceover", "narrator", "music", "voice acting", "ratings", "opening",
)  # fmt: skip
"""What is `of`, `for` or `from` a work."""

FIGURES = (
    "guy", "guys", "girl", "woman", "man", "kid", "kids", "dude", "mum", "mom", "dad", "mother", "father", "sister",
    "brother", "wife", "husband", "teacher", "doctor", "lawyer", "cop", "detective", "priest", "boss", "neighbour",
    "neighbor", "killer", "bad guy", "actor", "actress", "actors", "lead", "leads", "one", "scene", "bit", "part",
    "house", "apartment", "chico", "chica", "tipo", "cara", "menina", "moça", "mec", "fille", "typ", "ghoul",
    "zombies", "vampires", "vampire", "aliens", "alien", "robot", "ghost", "ghosts", "monsters", "horse", "twins",
    "couple", "gang", "therapist", "nun", "chef", "dragon", "witch", "twist", "fight", "kiss", "wedding", "funeral",
    "dance", "lady", "old man", "old lady", "boy", "rich people",
)  # fmt: skip
"""Who and what is `in` or `from` a work and in life too."""

STARTING = (
    "start", "started", "starting", "begun", "began", "finished", "finishing", "recommend", "recommended",
    "recommending", "loving", "rest of", "first half of", "end of", "half of", "watched", "watching",
)  # fmt: skip
"""What one does to a work and to some other things."""

PORTIONS = (
    "all of", "all", "some", "more", "some more", "the whole of", "the rest of", "most of", "too much",
    "an episode of",
)  # fmt: skip
"""How much of a work one watches."""

EPISODES = (
    "episode", "episodes", "ep", "eps", "capítulo", "capítulos", "capitulo", "capitulos", "episodio", "episodios",
    "episódio", "episódios", "épisode", "épisodes", "folge", "folgen", "puntata", "puntate", "episodi", "bölüm",
    "bölümü", "aflevering", "afleveringen",
)  # fmt: skip
RUNS = (
    "sesong", "säsong", "sæson", "odcinek", "sezonie", *EPISODES, "season", "seasons", "temporada", "temporadas",
    "saison", "saisons", "staffel", "staffeln", "stagione", "stagioni", "sezon", "sezonu", "seizoen",
)  # fmt: skip
"""What a work comes in."""

RELEASED = (
    "is out", "is back", "is finally out", "is finally back", "is now out", "is here", "dropped", "just dropped",
    "drops", "premieres", "premiered", "returns", "returned", "comes back", "is coming back", "comes out", "airs",
    "aired", "starts tonight", "ended", "is ending", "is over", "finally back", "is streaming", "is trending",
    "finished", "is streaming now", "ist zurück", "ist wieder da", "est de retour", "est revenu", "est revenue",
    "ha vuelto", "volvió", "vuelve", "voltou", "volta", "è tornato", "è tornata", "is terug", "geri döndü",
    "started today", "starts today", "is coming", "is on tonight", "is on tomorrow", "finally dropped",
    "finally came back", "returns tonight", "is renewed", "is cancelled",
)  # fmt: skip
"""What a work does when its day comes."""

PRIZES = (
    "emmy", "emmys", "award", "awards", "nomination", "nominations", "nominated", "bafta", "baftas", "oscar", "oscars",
    "golden globe", "golden globes", "globe", "sag award", "won", "wins",
)  # fmt: skip
"""What actors are given `for` a work."""

PLAYED = (
    "playing", "plays", "played", "as", "stars", "starring", "acting", "performance", "deserves", "deserved", "won",
    "is so good", "was so good", "cast",
)  # fmt: skip
"""What actors do in a work."""

MAKING = (
    "carried", "carries", "carrying", "took over", "directed", "directing", "created", "wrote", "joined", "joins",
    "joining", "saved", "ruined", "stole", "narrates", "narrated", "produced", "hosting", "hosts",
)  # fmt: skip
"""What people do to a work they are in or make."""

NEWS = (
    "remake", "remakes", "remade", "recast", "renew", "renews", "renewed", "cancel", "cancels", "cancelled",
    "canceled", "cancelling", "canceling", "renewing", "axes", "axed", "revive", "revives", "revived", "bring back",
    "brings back", "brought back", "reboots", "rebooted", "uncancel", "cancelada", "cancelado", "renovada", "renovado",
    "abgesetzt", "annulé", "annulée", "cancellata", "cancellato", "rinnovata", "rinnovato", "renouvelée", "verlängert",
    "eingestellt", "iptal", "geschrapt", "greenlit", "greenlights", "uncancelled", "rebooting", "reviving",
    "cancelaron", "cancelaram", "renovaron", "renovaram",
)  # fmt: skip
"""What is done to a running work."""

AFTERWARDS = (
    "geschaut", "gesehen", "angeschaut", "angesehen", "angefangen", "geguckt", "gesuchtet", "durchgesuchtet",
    "schauen", "gucken", "gekeken", "gezien", "uitgekeken", "kijken", "izledim", "izledik", "izliyorum", "izliyoruz",
    "izleyin", "izlemek", "izlerken", "izlemeye", "bitirdim", "başladım", "bitti", "見た", "観た", "見て", "観て",
    "見終わ", "観終わ", "一気見", "정주행", "봤", "보는", "보고", "다 봤", "見返し", "観返し", "見始め", "観始め",
    "見終え", "schaun", "anschauen", "angucken", "weitergeschaut", "weiterschauen", "fertig geschaut", "beendet",
    "zu ende geschaut", "afgekeken", "aan het kijken", "izleyeceğim", "izlemeye başladım", "bitirdik", "başlıyorum",
    "보고 있", "봤어", "봤는데", "봄", "보는 중", "시작했", "다봤", "끝냈", "見てる", "観てる", "見ました", "観ました",
    "見終わった", "観終わった", "empfehlen", "weiterempfehlen", "fertig", "endlich fertig", "durchgeschaut",
    "verschlungen", "weitergucken",
)  # fmt: skip
"""What is done to a work in the languages that say it after its name."""

STRONG = (
    "netflix", "hulu", "hbo", "hbo max", "prime video", "amazon prime", "disney plus", "disney+", "apple tv",
    "apple tv+", "appletv", "peacock", "paramount+", "paramount plus", "iplayer", "itvx", "crunchyroll", "showtime",
    "tv show", "tv shows", "tv series", "sitcom", "miniseries", "mini-series", "limited series", "docuseries",
    "docu-series", "kdrama", "kdramas", "k-drama", "k-dramas", "anime", "telenovela", "binge", "binged", "binging",
    "bingeing", "binge-watch", "binge-watched", "binge-watching", "bingewatching", "rewatch", "rewatched",
    "rewatching", "episode", "episodes", "season finale", "series finale", "spoiler", "spoilers", "showrunner",
    "season 0", "series 0", "s0", "s0e0", "trailer", "spinoff", "spin-off", "temporada", "temporadas", "capítulo",
    "episodio", "episodios", "episódio", "episódios", "épisode", "épisodes", "staffel", "folgen", "sezon", "bölüm",
    "seizoen", "aflevering", "dizi", "dizisi", "dizileri", "maratonei", "📺", "シーズン", "話目", "bingeable",
    "binge-worthy", "bingeworthy", "plot twist", "plot twists", "cliffhanger", "cliffhangers", "fanfic", "fanfics",
    "fanfiction", "season finales", "ネトフリ", "ネットフリックス", "넷플릭스", "시즌", "정주행", "最終回", "全話",
    "fan art", "fanart", "fan edit", "fanvid", "シーズン0", "시즌0", "hour of tv", "hour of television", "thing on tv",
    "thing on television", "show on tv", "show on television", "episode of tv", "drakor", "dorama", "doramas",
    "сериал", "сериала", "сезон", "серия", "серии", "مسلسل", "مسلسلات", "الموسم", "حلقة", "الحلقة", "سریال", "סדרה",
    "ซีรีส์", "सीरीज", "σειρά", "serial", "avsnitt", "säsong", "britbox", "tvシリーズ", "海外ドラマ", "0화", "0話",
    "spinoffs", "spin-offs", "opening credits",
)  # fmt: skip
"""Words that hardly stand in a post that does not speak of television or film; each counts two."""

WEAK = (
    "show", "shows", "series", "season", "seasons", "watch", "watched", "watching", "watchin", "film", "films",
    "movie", "movies", "drama", "documentary", "cartoon", "cast", "character", "characters", "plot", "scene", "scenes",
    "actor", "actress", "acting", "premiere", "premieres", "finale", "reboot", "remake", "sequel", "prequel",
    "renewed", "cancelled", "canceled", "storyline", "streaming", "ep", "eps", "prime", "amazon", "bbc", "itv", "amc",
    "tv", "telly", "television", "comedy", "thriller", "rom-com", "romcom", "emmy", "emmys", "serie", "séries",
    "serien", "série", "spoil", "teaser", "franchise", "fandom", "saison", "stagione", "puntata", "folge", "viendo",
    "assistindo", "assisti", "assistir", "regarder", "regardé", "geschaut", "guardando", "gekeken", "izledim",
    "izliyorum", "🍿", "🎬", "ドラマ", "casting", "screenplay", "directed", "directing", "cinematography", "imax",
    "subtitles", "dubbed", "flashbacks", "theme song", "storytelling", "monologue", "cameo", "horror", "whodunnit",
    "whodunit", "sci-fi", "animation", "animated", "adaptation", "live action", "live-action", "comedies", "dramas",
    "thrillers", "documentaries", "cinema", "cinematic", "bafta", "oscars", "golden globe", "showrunners", "película",
    "películas", "personaje", "personajes", "actriz", "filme", "personagem", "personagens", "atriz", "estreia",
    "acteur", "actrice", "personnage", "personnages", "attore", "attrice", "personaggio", "oyuncu", "karakter", "映画",
    "アニメ", "配信", "드라마", "영화", "schauspieler", "adaptations", "remakes", "reboots", "sequels", "prequels",
    "trailers", "twist", "twists", "ending", "endings", "premise", "pacing", "masterpiece", "villain", "villains",
    "protagonist", "satire", "zombie", "vampire", "superhero", "fanbase", "overacting", "episodic", "onscreen",
    "on screen", "on-screen", "co-star", "costar", "co-stars", "starring", "starred", "pilote", "acteurs", "actores",
    "ator", "atores", "rewatchable", "plot holes", "love interest", "story arc", "season-long", "cinematographer",
    "screenwriting", "binge worthy", "hbomax", "spoiler-free", "cinephile", "letterboxd", "academy award",
    "academy awards", "murder mystery", "period drama", "costume drama", "dramedy", "cgi", "hot take",
    "unpopular opinion", "series finale", "laugh track", "reruns", "rerun", "screening", "storylines", "schauen",
    "gucken", "geguckt", "regarde", "nonton", "oglądam", "tittar", "kijken", "watches", "rewatched", "binge",
    "sitcoms", "detective show", "comfort tv", "on tv", "fans", "writers", "showrunning", "screentime", "screen time",
    "plotline", "plotlines", "subplot", "love triangle", "slow burn", "slowburn", "finales", "pilot", "monologues",
    "cameos", "flashback", "performances", "theme tune", "whodunits", "procedural", "docudrama", "true crime",
    "sitcom", "antihero", "anti-hero", "canon", "otp", "ship", "ships", "otps", "headcanon",
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
    "sesong", "säsong", "sæson", "season", "series", "part", "vol", "vol.", "volume", "episode", "episodes", "ep",
    "eps", "temporada", "saison", "staffel", "stagione", "sezon", "seizoen", "folge", "capítulo", "capitulo",
    "episodio", "episódio", "épisode", "aflevering", "bölüm", "puntata", "cour", "シーズン", "시즌", "act",
)  # fmt: skip
"""What a number after makes a place in a work: `season 2`."""

ORDINALS = (
    "another", "one more", "every", "each", "two more", "first", "second", "third", "fourth", "fifth", "sixth",
    "seventh", "eighth", "last", "final", "new", "newest", "next", "latest", "1st", "2nd", "3rd", "4th", "5th", "6th",
    "7th", "8th", "whole", "entire", "original", "pilot", "primera", "segunda", "tercera", "cuarta", "quinta",
    "última", "ultima", "nueva", "primeira", "terceira", "quarta", "nova", "primer", "segundo", "último", "nuevo",
    "nuevos", "novo", "novos", "première", "deuxième", "troisième", "quatrième", "dernière", "dernier", "nouvelle",
    "nouveau", "premier", "erste", "ersten", "zweite", "zweiten", "dritte", "dritten", "letzte", "letzten", "neue",
    "neuen", "prima", "seconda", "terza", "nuova", "eerste", "tweede", "derde", "laatste", "nieuwe", "yeni", "ilk",
    "son",
)  # fmt: skip
OF = ("of", "into", "for", "from", "on", "de", "da", "do", "di", "del", "von", "van", "d'")
"""What joins a part to its work: `the finale of`."""

SHOWN = (
    "is", "are", "was", "just", "now", "streaming", "out", "available", "series", "show", "movie", "film", "dropped",
    "drops", "back", "hits", "comes", "coming", "to",
)  # fmt: skip
ALREADY = ("now", "finally", "back", "still", "coming", "also", "streaming", "just", "only", "really")
"""What stands between `is` and `on Netflix`."""

DOES = (
    "is", "was", "has", "had", "with", "might", "makes", "made", "really", "just", "got", "gets", "will", "should",
    "deserves", "needs",
)  # fmt: skip
"""What follows a title and `on Netflix` where the title is the subject."""

SHOWN_ON = ("on", "via", "@", "in", "en", "sur", "auf", "su", "na", "no")
"""What joins a title to a service, others of `SHOWN` between: `is now streaming on`."""

AGAIN = (
    "for comfort", "to cope", "to fall asleep", "to feel something", "to feel better", "with subtitles",
    "back to back", "for the 0th time", "for the first time", "for the second time", "for the third time",
    "for the millionth time", "for the hundredth time", "for the nth time", "for the umpteenth time", "from the start",
    "from the beginning", "from the top", "from scratch", "start to finish", "from start to finish", "in one go",
    "in one sitting", "in one day", "in two days", "in a day", "in a weekend", "all day", "por primera vez",
    "por segunda vez", "otra vez", "pela primeira vez", "pela segunda vez", "de novo", "pour la première fois",
    "pour la deuxième fois", "encore une fois", "zum ersten mal", "zum zweiten mal", "zum dritten mal", "nochmal",
    "noch mal", "per la prima volta", "per la seconda volta", "di nuovo", "voor de eerste keer", "voor de tweede keer",
    "voor de tiende keer", "opnieuw",
)  # fmt: skip
"""How a work is watched that was watched before, or whole."""
