"""What people say of a work, in words. Plain data, as in `cues`."""

OPINIONS = (
    "good", "bad", "not bad", "not as bad", "not that bad", "not good", "weird", "lovely", "fun", "disgusting",
    "great", "amazing", "awesome", "incredible", "brilliant", "excellent", "fantastic", "perfect", "phenomenal",
    "wonderful", "hilarious", "funny", "insane", "wild", "crazy", "addictive", "addicting", "intense", "heartbreaking",
    "beautiful", "underrated", "overrated", "boring", "trash", "trashy", "terrible", "awful", "garbage", "mid", "fire",
    "peak", "lit", "worth", "a must", "must watch", "must-watch", "a masterpiece", "a gem", "the best", "the worst",
    "everything", "disappointing", "dark", "slow", "cute", "unreal", "unmatched", "superb", "stunning", "gorgeous",
    "creepy", "scary", "terrifying", "stressful", "brutal", "chilling", "harrowing", "disturbing", "devastating",
    "wholesome", "iconic", "goated", "messy", "a mess", "a letdown", "epic", "cringe", "emotional", "gripping",
    "bonkers", "ridiculous", "hard to watch", "well done", "well acted", "well written", "well made", "better than",
    "one of the best", "one of the worst", "my favourite", "my favorite", "my comfort", "peak tv", "increíble",
    "increible", "buena", "buenísima", "malísima", "genial", "bom", "boa", "muito bom", "muito boa", "incrível",
    "perfeita", "ótima", "maravilhosa", "excellente", "géniale", "incroyable", "nulle", "trop bien", "gut",
    "großartig", "mega", "super", "bellissima", "bellissimo", "stupenda", "fantastica", "geweldig", "goed", "güzel",
    "çok iyi", "muhteşem", "harika", "a fever dream", "a vibe", "a ride", "a wild ride", "a journey", "a joy",
    "a delight", "a disaster", "a train wreck", "a trainwreck", "a waste of time", "rough", "charming", "elite",
    "unhinged", "bleak", "weirder", "a snoozefest", "cinema", "peak cinema", "absolute cinema", "camp", "floja",
    "flojo", "uma delícia", "sensacional", "une pépite", "un chef-d'œuvre", "genialer", "un capolavoro",
    "the greatest", "so much fun", "so much better", "better", "worse", "my roman empire", "mid af", "solid", "decent",
    "ok", "okay", "tense", "clever", "smart", "sad", "a comfort", "comforting", "cosy", "cozy", "dumb", "stupid",
    "silly", "a banger", "a flop", "a classic", "a triumph", "cinematic perfection", "perfection", "perfect tv",
    "peak television", "hella good", "impeccable", "immaculate", "exceptional", "outstanding", "magnificent",
    "flawless", "heartwarming", "hypnotic", "mesmerizing", "unwatchable", "unbearable", "painful", "embarrassing",
    "forgettable", "mediocre", "meh", "the most", "ahead of its time", "my obsession", "my role model",
    "una obra maestra", "uma obra-prima", "uma obra prima", "un chef d'oeuvre", "ein meisterwerk", "een meesterwerk",
    "başyapıt", "untouchable", "accurate", "relatable", "the blueprint", "a national treasure", "the definition of",
    "the goat", "goat", "nuts", "batshit", "sublime", "riveting", "compelling", "absurd", "confusing", "predictable",
    "repetitive", "frustrating", "infuriating", "nostalgic", "soothing", "cathartic", "binge-worthy", "bingeable",
    "rewatchable", "unskippable", "unmissable", "compulsive", "so back", "healing", "therapy", "pure chaos", "chaos",
    "pure joy", "high art", "perfect television", "good tv", "great tv", "good television", "great television",
    "brilliant tv", "a trip", "a treat", "a chore", "a slog", "a dud", "a bore", "a tearjerker", "an experience",
    "an obsession", "a rollercoaster", "a guilty pleasure", "my guilty pleasure", "my entire personality",
    "my personality", "my new obsession", "my happy place", "chef's kiss", "top tier", "god tier", "s tier",
    "next level", "on another level", "in a league of its own", "leagues above", "lekker", "spannend", "stark",
    "schlecht", "langweilig", "bescheuert", "genialno", "una joya", "una maravilla", "una locura", "una pasada",
    "un peñazo", "adictiva", "adictivo", "aburrida", "aburrido", "malísimo", "buenísimo", "flipante", "malo", "mala",
    "buenazo", "viciante", "chata", "chato", "péssima", "péssimo", "ruim", "perfeito", "lindo", "linda", "demais",
    "foda", "bizarra", "bizarro", "incrível demais", "une dinguerie", "une masterclass", "un banger", "ouf", "génial",
    "nul", "ennuyeux", "ennuyeuse", "addictif", "ein traum", "eine katastrophe", "eine perle", "noiosa", "noioso",
    "brutta", "brutto", "una bomba", "uno spettacolo", "saai", "super goed", "verslavend", "çok kötü", "berbat",
    "efsane", "şahane", "świetny", "świetna", "genialny", "genialna", "nudny", "bagus", "seru", "keren", "ganda",
    "art", "bien", "as good as", "as bad as", "lame", "tough", "wow", "fab", "a blast", "a wild one", "a hard watch",
    "a tough watch", "an easy watch", "a lot", "a hit", "a miss", "a snooze", "a bop", "banging", "ace", "pants",
    "rubbish", "shite", "shit", "crap", "bollocks", "dogshit", "bad ass", "badass", "too good", "so bad it's good",
    "twisted", "dope", "chilled", "underappreciated", "slept on", "criminally underrated", "misunderstood",
    "triggering", "traumatizing", "traumatising", "draining", "magic", "magical", "spectacular", "stellar",
    "otherworldly", "fascinating", "beautifully shot", "beautifully made", "beautifully written",
    "shot so beautifully", "haunting", "eerie", "spooky", "interesting", "entertaining", "enjoyable", "engaging",
    "enthralling", "captivating", "thrilling", "satisfying", "different gravy", "something else", "something special",
    "my jam", "an all timer", "an all-timer", "the real deal", "all over the place", "going downhill", "getting good",
    "getting better", "getting worse", "dragging", "peaking", "rigolo", "pas mal", "chouette", "une tuerie",
    "un régal", "une merveille", "une bombe", "magnifique", "superbe", "bouleversant", "bouleversante",
    "incroyablement bien", "la mejor", "lo mejor", "de lo mejor", "espectacular", "tremenda", "tremendo",
    "impresionante", "preciosa", "preciosa", "rara", "raro", "intensa", "intenso", "genialísima", "um hino", "tudo",
    "perfeito demais", "pesada", "pesado", "fofa", "fofo", "sehenswert", "der hammer", "hammer", "krass", "klasse",
    "toll", "super spannend", "witzig", "lustig", "traurig", "brillant", "hervorragend", "fesselnd", "enttäuschend",
    "überbewertet", "unterschätzt", "sobrevalorada", "sobrevalorado", "infravalorada", "superestimada", "surcoté",
    "surcotée", "sous-coté", "sous-cotée", "sopravvalutata", "sottovalutata", "menacing", "unsettling", "unnerving",
    "awkward", "believable", "unbelievable", "complex", "layered", "nuanced", "witty", "romantic", "gory", "dull",
    "bland", "generic", "lazy", "rushed", "dragged out", "overhyped", "over hyped", "overdone", "overlong", "too long",
    "too short", "too slow", "hyped", "problematic", "dated", "timeless", "ageless", "visually stunning", "stylish",
    "slick", "glossy", "soapy", "sexy", "horny", "steamy", "surreal", "trippy", "bizarre", "twisty", "unpredictable",
    "shocking", "jaw dropping", "jaw-dropping", "mind blowing", "mind-blowing", "mindblowing", "breathtaking",
    "masterful", "legendary", "historic", "comedy gold", "tv gold", "pure gold", "comfort food", "joyful", "uplifting",
    "depressing", "miserable", "grim", "gloomy", "moody", "atmospheric", "chaotic", "feral", "deranged", "demented",
    "pure genius", "pure evil", "not for me", "not my thing", "my kind of", "life changing", "life-changing",
    "a whole mood", "a mood", "quotable", "endearing", "adorable", "funny as hell", "hot garbage", "a cultural reset",
    "a phenomenon", "sensational", "short", "honest", "required viewing", "essential viewing", "underloved",
    "under appreciated", "not it", "just not it", "such a hug", "a different time", "a different era",
    "a different beast", "a different breed", "that girl", "that show", "so real", "too real", "so important",
    "painfully accurate", "unsettlingly good", "tear jerker", "nightmare fuel", "pure nostalgia", "serotonin", "a hug",
    "a warm hug", "rough to watch", "painful to watch", "impossible to watch", "easy to watch", "worth every minute",
    "worth the wait", "the reason", "must see", "must-see", "must see tv", "appointment viewing",
)  # fmt: skip
"""What is said of a work after `is` or `was`."""

DEGREES = (
    "hands down", "by far", "without a doubt", "so", "such", "really", "just", "very", "absolutely", "pretty",
    "actually", "honestly", "still", "too", "fucking", "freaking", "this", "that", "a", "literally", "truly", "kinda",
    "lowkey", "probably", "easily", "muy", "tan", "muito", "tão", "trop", "très", "sehr", "echt", "molto", "davvero",
    "heel", "çok", "one of the most", "super", "insanely", "mega", "total", "completely", "quite", "extremely",
    "beyond", "wirklich", "richtig", "mal", "vraiment", "tellement", "hyper", "mooi", "erg", "zo", "realmente",
    "demasiado", "bastante", "é", "bem", "tanto", "troppo", "sangat", "banget", "naprawdę", "not", "not that",
    "not even", "a bit", "a little", "kind of", "sort of", "einfach", "as", "not as", "not nearly as", "only",
    "genuinely", "objectively", "seriously", "extra", "un peu", "un poco", "um pouco", "ziemlich", "ganz", "pas", "no",
)  # fmt: skip

PERSONS = (
    "boy", "girl", "boys", "girls", "dog", "cat", "man", "men", "guy", "woman", "person", "people", "friend", "player",
    "kid", "dude", "hero", "heroine", "actor", "actress", "character", "villain", "mum", "mom", "dad", "team", "day",
    "place", "city", "town", "time", "thing", "idea", "way",
)  # fmt: skip
"""What an opinion is of when it is of no work."""

PREDICATES = (
    "netflix original", "original series", "show", "shows", "series", "sitcom", "drama", "dramas", "anime", "season",
    "miniseries", "mini-series", "tv", "television", "thriller", "comedy", "serie", "série", "docuseries", "kdrama",
    "k-drama", "comedies", "thrillers", "mystery", "murder mystery", "whodunnit", "whodunit", "watch", "adaptation",
    "sitcoms", "dizi", "serisi", "finale", "tv show", "rewatch", "comfort show", "k-dramas", "kdramas", "romance",
    "romcom", "rom-com", "dramedy", "cartoon", "serial", "serien", "tv-serie", "teen drama", "crime drama",
    "period drama", "soap", "satire", "spin-off", "spinoff", "sequel", "prequel", "remake", "reboot", "pilot",
    "novela", "minissérie", "miniserie", "dorama", "drakor", "kdrama of all time", "programme", "program",
)  # fmt: skip
"""What a work is said to be."""

SUPERLATIVES = (
    "beste", "mejor", "melhor", "meilleure", "migliore", "best", "worst", "greatest", "funniest", "saddest", "hottest",
    "favourite", "favorite", "smartest", "only good", "most underrated", "most iconic", "most terrifying", "comfort",
    "go-to", "current", "latest",
)  # fmt: skip

ROLES = (
    "one", "couple", "duo", "moment", "moments", "line", "thing", "part", "queen", "king", "dad", "mum", "mom",
    "mother", "father", "husband", "wife", "friend", "detective", "lawyer", "hero", "song", "friendship",
    "relationship", "hour", "one-liner", "character", "performance", "wardrobe", "sister", "brother", "boss", "cop",
    "season", "scene", "episode", "person", "people", "bit",
)  # fmt: skip
"""What is the best one `in` a work, beside its pieces."""

MOVED = (
    "makes no sense", "made no sense", "stresses me out", "stressed me out", "scares me", "makes me happy",
    "never disappoints", "hit close to home", "hits close to home", "hit way too close to home",
    "hit too close to home", "messed with my head", "broke the internet", "kept me guessing", "kept me up",
    "kept me on", "kept me hooked", "keeps me guessing", "keeps me on", "has me hooked", "won best", "won every",
    "swept the", "sweeping the", "takes so long", "starts slow", "starts so slow", "picks up", "pulled me in",
    "sucked me in", "got me hooked", "hooked me", "messed me up", "traumatised all", "traumatized all",
    "traumatised us", "traumatized a generation", "raised me", "raised us", "shaped my", "shaped me", "made me quit",
    "surprised me", "has me in", "had us", "has us", "did numbers", "hits every time", "hits so hard", "hit so hard",
    "hits hard", "is not a normal", "did not need to", "hasn't been", "has never been", "by the makers of",
    "by the creators of", "from the makers of", "from the creators of", "from the people who made", "had me", "has me",
    "got me", "broke me", "destroyed me", "ruined me", "wrecked me", "killed me", "made me cry", "made me sob",
    "made me laugh", "made me ugly cry", "slaps", "still slaps", "hits different", "sucks", "never misses",
    "did not disappoint", "didn't disappoint", "deserves better", "deserved better", "deserves more",
    "lives rent free", "changed me", "any good", "worth it", "worth watching", "worth a watch", "worth the hype",
    "me encanta", "me encantó", "me tiene", "me fez chorar", "é tudo", "m'a tué", "is breaking me", "ruined my life",
    "changed my life", "cured me", "healed me", "has my heart", "owns me", "had no right", "has no right",
    "still holds up", "holds up", "fell off", "jumped the shark", "went downhill", "gets better", "gets so good",
    "got better", "got worse", "gets worse", "got so good", "peaked", "scared me", "traumatized me", "traumatised me",
    "ate", "ate down", "devastated me", "hurt me", "wrecked my", "still hits", "never gets old", "walked so",
    "did it first", "me rompió", "me destruyó", "acabou comigo", "me destruiu", "get better", "get any better",
    "get good", "has everything", "had everything", "gave me nightmares", "gave me anxiety", "gave me chills",
    "gave me goosebumps", "gives me anxiety", "gives me chills", "made me scream", "made me gasp", "made me feel",
    "made me want", "made me so", "made me emotional", "makes me cry", "makes me laugh", "makes me so",
    "makes me want", "is making me", "lives in my head", "lives in my brain", "living in my head",
    "living in my brain", "living rent free", "fries my brain", "fried my brain", "broke my heart", "broke my brain",
    "breaks my heart", "breaks me", "ruined my sleep", "stays winning", "keeps getting better", "walks so",
    "was never the same", "is never the same", "never recovered", "deserved another", "deserves another", "deserved a",
    "deserves a", "deserved so much", "deserves so much", "deserved the", "deserves the", "deserves all",
    "deserved all", "needs another season", "needs a season", "still hurts", "ended on", "haunts me", "wrecks me",
    "destroys me", "kills me", "me ha encantado", "me ha dejado", "me dejó", "me hizo llorar", "me destrozó",
    "me mató", "me pegou", "me deixou", "me quebrou", "mexeu comigo", "m'a fait pleurer", "m'a brisé", "m'a détruit",
    "m'a eu", "mi ha distrutto", "mi ha distrutta", "mi ha fatto piangere", "hat mich", "macht mich fertig",
    "beni bitirdi", "rewrote history", "got robbed", "was robbed", "understood the assignment", "sure is something",
    "really said", "ever get good", "takes the cake", "bored me", "reminds me of", "reminded me of", "started slow",
    "started off slow", "started strong", "started off strong", "starts off slow", "starts strong",
    "should have ended", "should've ended", "never should have ended", "was never boring", "had the best",
    "had the most", "has the best", "has the most", "hit me", "hits me", "got weird", "gets weird", "got dark",
    "gets dark", "got boring", "gets boring", "lost me", "lost the plot", "won me over", "blew my mind",
    "blew me away", "knocked it out", "nailed it", "nails it", "rocks", "slays", "slayed", "delivers", "delivered",
    "cooked", "is cooking", "wrecked us", "broke us", "m'a fait", "me flipa", "me flipó", "me aburrió", "me gustó",
    "me voló", "me enganchó", "me atrapó", "me tuvo", "me prendeu", "me surpreendeu", "me decepcionou",
    "me decepcionó", "m'a déçu", "m'a déçue", "m'a bouleversé", "m'a bouleversée", "m'a tuée", "m'a saoulé",
    "mi ha deluso", "mi è piaciuta", "mi è piaciuto", "hat mir", "deserved more", "deserved a better", "needed more",
    "needs more", "needed to end", "needs to end", "gave us", "ruined me for", "made history", "aged so well",
    "aged well", "aged like milk", "aged like fine wine", "aged badly", "aged poorly", "still slapping", "floored me",
    "moved me", "shook me", "fooled me", "tricked me", "got to me", "gets to me", "gets me", "surprised us",
    "did it again", "does it again", "went off", "goes off", "goes hard", "went hard", "goes so hard", "went so hard",
    "outdid itself", "is unmatched", "cannot be topped", "lost its way", "lost its spark", "went off the rails",
    "dragged on", "drags on", "started so strong", "started so well", "fell apart", "never missed", "never miss",
    "is leaving", "destroyed my", "ruined every", "has ruined",
)  # fmt: skip
"""What is said of a work after its name without `is`."""

WORTH = (
    "worth watching", "worth a watch", "worth it", "worth the hype", "any good", "on netflix", "overrated",
    "underrated",
)  # fmt: skip
"""What is asked of a work after `is` and its name."""

RATED = (
    r"\d{1,2}(?:[.,]\d{1,2})? ?/ ?(?:5|10)(?![\d/])", r"\d{1,3} ?/ ?100(?!\d)", r"[⭐★☆🌟]", r">{2,}", r"(?:&gt;){2,}",
    r"\d(?:[.,]\d)? (?:stars|out of (?:5|10|five|ten))",
)  # fmt: skip
"""What a verdict in figures or stars looks like; regular expressions."""

PRAISED = (
    "killed it", "killing it", "ate", "eats", "slayed", "cooked", "nailed it", "nails it", "stole the show", "shines",
    "so good", "so hot", "so fine", "unrecognizable", "unrecognisable", "robbed", "miscast", "wasted", "underused",
    "going on", "what happened", "what's happening", "whats happening", "acts", "acted", "stars", "starred", "appears",
    "brilla", "se sale", "crève l'écran",
)  # fmt: skip
"""What is said, beside opinions, of someone `in` a work."""
