/** Lists that work, for readers who have none at hand: the chemical elements of at most 11 letters, and figures of Greek myths. */
export const exampleLists = {
  elements: {
    title: "113 elements",
    words: `
      hydrogen helium lithium beryllium boron carbon nitrogen oxygen fluorine neon sodium magnesium aluminium
      silicon phosphorus sulfur chlorine argon potassium calcium scandium titanium vanadium chromium manganese iron
      cobalt nickel copper zinc gallium germanium arsenic selenium bromine krypton rubidium strontium yttrium
      zirconium niobium molybdenum technetium ruthenium rhodium palladium silver cadmium indium tin antimony
      tellurium iodine xenon caesium barium lanthanum cerium neodymium promethium samarium europium gadolinium
      terbium dysprosium holmium erbium thulium ytterbium lutetium hafnium tantalum tungsten rhenium osmium iridium
      platinum gold mercury thallium lead bismuth polonium astatine radon francium radium actinium thorium uranium
      neptunium plutonium americium curium berkelium californium einsteinium fermium mendelevium nobelium lawrencium
      dubnium seaborgium bohrium hassium meitnerium copernicium nihonium flerovium moscovium livermorium tennessine
      oganesson`,
  },
  greeks: {
    title: "105 Greek figures",
    words: `
      achilles adonis aeneas agamemnon ajax alcestis andromeda antigone aphrodite apollo ares ariadne artemis
      atalanta athena atlas calliope calypso cassandra castor circe clio cronus daedalus daphne demeter dionysus
      echo electra eos erato eros europa eurydice galatea gaia hades hebe hecate hector hecuba helen helios hera
      heracles hermes hestia hyperion icarus ino io iphigenia iris ismene jason jocasta leda leto maia medea medusa
      menelaus metis midas minos morpheus narcissus nestor nike niobe odysseus oedipus orestes orion orpheus pandora
      paris patroclus penelope perseus persephone phaedra phoebe polyxena poseidon priam procris prometheus psyche
      pygmalion rhea selene semele sisyphus styx tantalus telemachus thalia themis theseus thetis tiresias triton
      urania zeus`,
  },
} as const;
